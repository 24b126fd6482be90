package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.{Memory, Multipliers, PackedWeights}
import io.bitwright.dataflow.timing.Latency

/**
 * Multipliers, adder trees and accumulators: each step brings a beat of codes and a word of weights; from a first
 * step to a last one the products are added to the pass's biases.
 *
 * @param operands  for each output channel of a pass the (lane of the beat, weight of the word) of each product
 */
private[rtl] class MacArray(
    stage: PipelinedStage,
    packed: PackedWeights,
    weights: Memory,
    multipliers: Multipliers,
    accumulatorWidth: Int,
    operands: Seq[Seq[(Int, Int)]]
) {
  private val pipeline = stage.pipeline
  private val enable = stage.enable

  /**
   * @param step  whether a beat comes in this cycle
   * @param codes  the beat's codes one cycle later
   * @param first  of the steps that are added up
   * @return the sums, and whether they are done
   */
  def apply(step: Bool, codes: Seq[SInt], first: Bool, last: Bool): (Seq[SInt], Bool) = {
    val (word, _) = LoopCounter(step, packed.words)
    val bits = packed.weightBits
    val weight = Widths.fields(
      Rom(stage.design, stage.memory("weights"), packed.pack.map(_.map(_.toLong)), bits, Memories.isBlock(weights))(
        word,
        enable
      ),
      bits
    )
    val trees = operands.map(_.size).max
    val wait = Latency.OPERANDS + Latency.PRODUCTS + Latency.adderTree(trees)
    val bias = biases(pipeline.delay(passIndex(step && last), wait - 1))
    val products = operands.map(_.map { case (lane, w) => RegEnable(multiply(codes(lane), weight(w), w), enable) })
    val begin = pipeline.delay(first, wait)
    val update = pipeline.flag(step, wait) && enable
    val sums = for ((own, p) <- products.zipWithIndex) yield {
      val accumulator = Reg(SInt(accumulatorWidth.W)).suggestName(s"accumulator_$p")
      // Partial sums may wrap: the finished sum fits.
      val sum = Widths.fit(AdderTree(own, pipeline), accumulatorWidth)
      when(update) { accumulator := Mux(begin, bias(p), accumulator) + sum }
      accumulator
    }
    (sums, pipeline.flag(step && last, wait + Latency.ACCUMULATE))
  }

  private def multiply(code: SInt, weight: SInt, lane: Int): SInt =
    Multiplier(code, weight, lane < multipliers.macInDsp)

  private val content = packed.biases

  private def passIndex(done: Bool): UInt = LoopCounter(done, content.length)._1

  /** The biases of a pass, one cycle after its index. */
  private def biases(index: UInt): Seq[SInt] = {
    val block = Memories.wantsBlock(content.length, content.head.length * accumulatorWidth)
    Widths.fields(
      Rom(stage.design, stage.memory("biases"), content, accumulatorWidth, block)(index, enable),
      accumulatorWidth
    )
  }
}
