package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.{FeatureMap, Stage}

/**
 * The same codes in beats of another width. A register holds codes in order; a beat is put behind those that are there,
 * and whole output beats leave at the front. It has room for a beat of each side and the smaller one again, so that
 * neither side waits for the other. Codes move in units of as many as every kind of beat is a multiple of.
 */
private[rtl] class Repack(design: Design, stage: Stage.Repack) extends StageModule(design, stage) {
  private val from = stage.input
  private val to = stage.output
  private val unit = Seq(from.lanes, from.lastLanes, to.lanes, to.lastLanes).map(BigInt(_)).reduce(_ gcd _).toInt
  private val unitBits = 8 * unit
  private val capacity = (from.lanes + to.lanes + math.min(from.lanes, to.lanes)) / unit

  val held = Reg(Vec(capacity, UInt(unitBits.W)))
  val count = RegInit(0.U(log2Ceil(capacity + 1).W))

  private val coming = codesOf(from, in.fire)
  private val leaving = codesOf(to, out.fire)

  /** Units of the beat at hand: fewer in a pixel's last beat. */
  private def codesOf(map: FeatureMap, fire: Bool): UInt = {
    val (beat, _) = LoopCounter(fire, map.beatsPerPixel)
    val last = beat === (map.beatsPerPixel - 1).U
    if (map.lastLanes == map.lanes) (map.lanes / unit).U else Mux(last, (map.lastLanes / unit).U, (map.lanes / unit).U)
  }

  in.ready := count <= (capacity.U - coming)
  out.valid := count >= leaving
  private val front = held.take(to.lanes / unit)
  out.bits := Cat(front.zipWithIndex.map { case (codes, i) =>
    if (i < to.lastLanes / unit) codes else Mux(i.U < leaving, codes, 0.U)
  }.reverse)

  private val kept = count - Mux(out.fire, leaving, 0.U)
  count := kept + Mux(in.fire, coming, 0.U)

  private val remaining = Mux(out.fire, shiftedDown(), Cat(held.reverse))
  private val arriving = (0 until kept.getWidth).foldLeft(in.bits.pad(capacity * unitBits)) { (beat, i) =>
    Mux(kept(i), (beat << (unitBits << i))(capacity * unitBits - 1, 0), beat)
  }
  for (i <- 0 until capacity) {
    val mine = arriving((i + 1) * unitBits - 1, i * unitBits)
    held(i) := Mux(in.fire && i.U >= kept, mine, remaining((i + 1) * unitBits - 1, i * unitBits))
  }

  private def shiftedDown(): UInt = {
    val all = Cat(held.reverse)
    val whole = all >> (8 * to.lanes)
    if (to.lastLanes == to.lanes) whole.pad(all.getWidth)
    else Mux(leaving === (to.lanes / unit).U, whole.pad(all.getWidth), (all >> (8 * to.lastLanes)).pad(all.getWidth))
  }
}
