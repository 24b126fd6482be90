package io.bitwright.rtl

import chisel3._
import io.bitwright.dataflow.Stage

/** Depthwise convolution: a group of neighbouring channels at a time, some taps of each a cycle. */
private[rtl] class Depthwise(design: Design, stage: Stage.Depthwise) extends PipelinedStage(design, stage) {
  private val patches = stage.input

  val step = in.fire
  val (fold, _) = LoopCounter(step, patches.beatsPerGroup)
  in.ready := enable

  private val accumulatorWidth = stage.epilogue.inputs.get(0).interval.signedBits
  private val operands = Seq.tabulate(stage.pe, patches.tapLanes) { (p, t) =>
    val lane = t * patches.wordLanes + p
    (lane, lane)
  }
  private val macs = new MacArray(
    this,
    stage.packed,
    stage.weights,
    stage.multipliers,
    accumulatorWidth,
    operands
  )
  private val codes = Widths.codes(pipeline.delay(in.bits, 1))
  private val (sums, done) = macs(step, codes, fold === 0.U, fold === (patches.beatsPerGroup - 1).U)

  private val lastSums = stage.output.channels - (patches.groups - 1) * stage.pe
  new Requantisers(
    this,
    stage.epilogue,
    stage.output,
    sums,
    done,
    patches.groups,
    lastSums,
    stage.multipliers.requantiserInDsp
  ).drive(throw new IllegalStateException("a dot product has no count of taps"))
}
