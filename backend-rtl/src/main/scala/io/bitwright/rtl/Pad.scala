package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.Stage
import io.bitwright.dataflow.timing.Latency

/**
 * Rows and columns of a constant code around a map: the position decides whether a beat is taken or made. A frame
 * begins when its first beat is there.
 */
private[rtl] class Pad(design: Design, stage: Stage.Pad) extends PipelinedStage(design, stage) {
  private val map = stage.output

  val step = Wire(Bool())
  val (beat, pixelDone) = LoopCounter(step, map.beatsPerPixel)
  val (column, rowDone) = LoopCounter(pixelDone, map.width)
  val (row, _) = LoopCounter(rowDone, map.height)

  private def within(at: UInt, from: Int, size: Int): Bool =
    (if (from == 0) true.B else at >= from.U) && at <= (from + size - 1).U

  private val inside = within(row, stage.top, stage.input.height) && within(column, stage.left, stage.input.width)
  private val first = row === 0.U && column === 0.U && beat === 0.U
  step := enable && (in.valid || !inside && !first)
  in.ready := enable && inside

  private val filled = IdleLanes.clear(
    Seq.fill(map.lanes)(stage.fill.S(8.W)),
    map,
    beat === (map.beatsPerPixel - 1).U
  )
  out.valid := pipeline.flag(step, Latency.REGISTER)
  out.bits := pipeline.delay(Mux(inside, in.bits, filled), Latency.REGISTER)
}
