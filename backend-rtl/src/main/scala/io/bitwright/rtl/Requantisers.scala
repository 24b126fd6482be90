package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.FeatureMap
import io.bitwright.ir.scalar.Scalar
import io.bitwright.rtl.scalar.ScalarCircuit
import scala.jdk.CollectionConverters._

/**
 * The end of an accumulating stage: finished accumulators wait in a register and go through the scalar body, as many a
 * cycle as the output has lanes.
 *
 * @param sums  finished together, in order of the channel
 * @param done  whether they are there
 * @param rounds  after so many the order of channels starts over; in the last of them only `lastSums` are of channels
 */
private[rtl] class Requantisers(
    stage: PipelinedStage,
    epilogue: Scalar,
    map: FeatureMap,
    sums: Seq[SInt],
    done: Bool,
    rounds: Int,
    lastSums: Int,
    inDsp: Boolean
) {
  private val pipeline = stage.pipeline
  private val enable = stage.enable
  private val lanes = map.lanes
  private val (valid, heads) = if (sums.size == lanes) (done, sums) else serialise()

  /** Position of the beat that enters in its pixel, and whether the pixel is complete with it. */
  val (beat, pixelDone) = LoopCounter(valid && enable, map.beatsPerPixel)

  private def serialise(): (Bool, Seq[SInt]) = {
    val hold = Reg(Vec(sums.size, chiselTypeOf(sums.head)))
    val beats = sums.size / lanes
    val left = RegInit(0.U(log2Ceil(beats + 1).W))
    val (round, _) = LoopCounter(done && enable, rounds)
    val lastBeats = (lastSums + lanes - 1) / lanes
    when(enable) {
      when(done) {
        hold := VecInit(sums)
        left := Mux(round === (rounds - 1).U, lastBeats.U, beats.U)
      }.elsewhen(left =/= 0.U) {
        hold.zip(hold.drop(lanes)).foreach { case (to, from) => to := from }
        left := left - 1.U
      }
    }
    (left =/= 0.U, hold.take(lanes).toSeq)
  }

  /** Drives the stage's output; `taps` is asked for where the body reads how many lay in the image. */
  def drive(taps: => SInt): Unit = {
    val body = new LaneBodies(stage, epilogue, map, beat, inDsp)
    val inputs = epilogue.inputs.asScala.toSeq
    val extra = if (inputs.size > 2 && epilogue.uses(2)) Map(inputs(2) -> taps) else Map.empty[Scalar.Value, SInt]
    body.drive(valid, heads.map(h => Map(inputs.head -> Widths.fit(h, inputs.head.interval.signedBits)) ++ extra))
  }
}

/** A scalar body in every lane of a map, whose results are the stage's output. */
private[rtl] class LaneBodies(stage: PipelinedStage, body: Scalar, map: FeatureMap, beat: UInt, inDsp: Boolean) {
  private val pipeline = stage.pipeline
  private val latency = io.bitwright.dataflow.ScalarPipeline.of(body).latencyCycles
  private val channel = body.inputs.get(1)
  private val tables = new PositionTables(stage, map, channel, beat)

  /** Results for a beat's inputs by lane; idle lanes of a pixel's last beat give 0. */
  def drive(valid: Bool, inputs: Seq[Map[Scalar.Value, SInt]], least: Int = 0): Unit = {
    val wait = math.max(0, least - latency)
    val codes = for ((lane, r) <- inputs.zipWithIndex) yield {
      val circuit = new ScalarCircuit(body, lane + (channel -> channelOf(r)), tables.lane(r), pipeline, inDsp)
      pipeline.delay(Widths.fit(circuit.results.head, 8), wait)
    }
    val lastBeat = pipeline.delay(beat === (map.beatsPerPixel - 1).U, latency + wait)
    stage.out.valid := pipeline.flag(valid, latency + wait)
    stage.out.bits := IdleLanes.clear(codes, map, lastBeat)
  }

  private def channelOf(r: Int): SInt =
    Widths.fit((beat * map.lanes.U +& r.U).zext, channel.interval.signedBits)
}

private[rtl] object IdleLanes {

  /** A beat of codes with 0 in the lanes past the last channel. */
  def clear(codes: Seq[SInt], map: FeatureMap, lastBeat: Bool): UInt =
    Cat(codes.zipWithIndex.map { case (code, r) =>
      if (r < map.lastLanes) code.asUInt else Mux(lastBeat, 0.U(8.W), code.asUInt)
    }.reverse)
}
