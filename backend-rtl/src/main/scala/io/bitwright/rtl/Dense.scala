package io.bitwright.rtl

import chisel3._
import io.bitwright.dataflow.Stage

/**
 * Convolution, grouped or not, and fully connected: `pe` dot products over a group's patch at a time. The patch comes
 * from the stream in the first pass and from its memory in the others.
 */
private[rtl] class Dense(design: Design, stage: Stage.Dense) extends PipelinedStage(design, stage) {
  private val patches = stage.input
  private val lanes = patches.lanes

  val step = Wire(Bool())
  val (beat, passDone) = LoopCounter(step, patches.beatsPerGroup)
  val (pass, _) = LoopCounter(passDone, stage.outputFolds)
  val fromStream = pass === 0.U
  step := enable && (in.valid || !fromStream)
  in.ready := enable && fromStream

  private val streamed = pipeline.delay(in.bits, 1)
  private val patch = if (stage.patch.isEmpty) {
    streamed
  } else {
    val kept = new Ram("patch", patches.beatsPerGroup, 8 * lanes, Memories.isBlock(stage.patch.get))
    kept.write(in.fire, beat, in.bits)
    Mux(pipeline.delay(fromStream, 1), streamed, kept.read(beat, enable))
  }

  private val accumulatorWidth = stage.epilogue.inputs.get(0).interval.signedBits
  private val operands = Seq.tabulate(stage.pe, lanes)((p, l) => (l, p * lanes + l))
  private val macs = new MacArray(
    this,
    stage.packed,
    stage.weights,
    stage.multipliers,
    accumulatorWidth,
    operands
  )
  private val (sums, done) =
    macs(step, Widths.codes(patch), beat === 0.U, beat === (patches.beatsPerGroup - 1).U)

  private val lastSums = stage.outputsPerGroup - (stage.outputFolds - 1) * stage.pe
  new Requantisers(
    this,
    stage.epilogue,
    stage.output,
    sums,
    done,
    stage.outputFolds,
    lastSums,
    stage.multipliers.requantiserInDsp
  ).drive(throw new IllegalStateException("a dot product has no count of taps"))
}
