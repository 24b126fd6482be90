package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.Stage
import io.bitwright.dataflow.timing.Latency
import io.bitwright.ir.scalar.Scalar
import scala.jdk.CollectionConverters._

/**
 * Maximum or sum over the whole image: an accumulator for each channel, read in the cycle that takes a beat and
 * written in the next one. The first pixel sets it, the last one's update goes to the scalar body.
 */
private[rtl] class GlobalPool(design: Design, stage: Stage.GlobalPool) extends PipelinedStage(design, stage) {
  private val map = stage.input
  private val epilogue = stage.epilogue
  private val inputs = epilogue.inputs.asScala.toSeq
  private val width = stage.accumulators.bits / map.lanes
  private val reducer = new Reducer(stage.kernel.reduction, width)

  val (word, pixelDone) = LoopCounter(in.fire, map.beatsPerPixel)
  val (pixel, _) = LoopCounter(pixelDone, map.pixels)
  in.ready := enable

  private val valid = pipeline.flag(in.fire, Latency.ACCUMULATOR_READ)
  private val first = pipeline.delay(pixel === 0.U, Latency.ACCUMULATOR_READ)
  private val last = pipeline.delay(pixel === (map.pixels - 1).U, Latency.ACCUMULATOR_READ)
  private val codes = Widths.codes(pipeline.delay(in.bits, Latency.ACCUMULATOR_READ))

  private val updated = Wire(Vec(map.lanes, SInt(width.W)))
  private val kept = Widths.fields(accumulators(), width)
  for (((to, code), accumulator) <- updated.zip(codes).zip(kept)) {
    val own = code.pad(width)
    to := Mux(first, own, Widths.fit(reducer.combine(accumulator, own), width))
  }

  /** A single word is a register, since it is read again in the cycle that writes it. */
  private def accumulators(): UInt = {
    val written = Cat(updated.reverse)
    if (map.beatsPerPixel == 1) {
      RegEnable(written, valid && enable)
    } else {
      val memory = new Ram("sums", map.beatsPerPixel, width * map.lanes, Memories.isBlock(stage.accumulators))
      memory.write(valid && enable, pipeline.delay(word, Latency.ACCUMULATOR_READ), written)
      memory.read(word, enable)
    }
  }

  private val done = pipeline.flag(valid && last, Latency.ACCUMULATE)
  private val sums = updated.map(pipeline.delay(_, Latency.ACCUMULATE))
  val (beat, _) = LoopCounter(done && enable, stage.output.beatsPerPixel)
  private val taps =
    if (inputs.size > 2 && epilogue.uses(2)) {
      Map(inputs(2) -> BigInt(map.pixels).S(inputs(2).interval.signedBits.W))
    } else {
      Map.empty[Scalar.Value, SInt]
    }
  new LaneBodies(this, epilogue, stage.output, beat, inDsp = true)
    .drive(done, sums.map(s => Map(inputs.head -> Widths.fit(s, inputs.head.interval.signedBits)) ++ taps).toSeq)
}
