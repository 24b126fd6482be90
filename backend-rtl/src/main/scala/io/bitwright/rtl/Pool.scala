package io.bitwright.rtl

import chisel3._
import chisel3.util._
import io.bitwright.dataflow.Stage
import io.bitwright.dataflow.timing.Latency

/** Maximum or sum over windows, a group of neighbouring channels at a time. */
private[rtl] class Pool(design: Design, stage: Stage.Pool) extends PipelinedStage(design, stage) {
  private val patches = stage.input
  private val epilogue = stage.epilogue

  val step = in.fire
  val (fold, _) = LoopCounter(step, patches.beatsPerGroup)
  in.ready := enable
  private val last = fold === (patches.beatsPerGroup - 1).U

  private val codes = Widths.codes(pipeline.delay(in.bits, Latency.OPERANDS))
  private val cycles = Latency.OPERANDS + Latency.adderTree(patches.tapLanes)
  private val update = pipeline.flag(step, cycles) && enable
  private val begin = pipeline.delay(fold === 0.U, cycles)
  private val reduction = Reducer(stage.kernel.reduction, epilogue)
  private val results = for (p <- 0 until stage.pe) yield {
    val accumulator = Reg(SInt(reduction.width.W)).suggestName(s"accumulator_$p")
    val taps = reduction.taps(codes, patches, stage.kernel.window.taps, fold, p, pipeline)
    val reduced = AdderTree.reduce(taps, pipeline, reduction.combine)
    when(update) {
      val own = Widths.fit(reduced, reduction.width)
      accumulator := Mux(begin, own, Widths.fit(reduction.combine(accumulator, own), reduction.width))
    }
    accumulator
  }
  private val done = pipeline.flag(step && last, cycles + Latency.ACCUMULATE)

  private val lastSums = stage.output.channels - (patches.groups - 1) * stage.pe
  private val requantisers =
    new Requantisers(this, epilogue, stage.output, results, done, patches.groups, lastSums, inDsp = true)
  requantisers.drive(tapsInside(requantisers.pixelDone))

  /** How many taps of the entering result's window lie in the image: rows inside times columns inside. */
  private def tapsInside(pixelDone: Bool): SInt = {
    val window = stage.kernel.window
    val image = stage.kernel.header.input
    val (column, rowDone) = LoopCounter(pixelDone, stage.output.width)
    val (row, _) = LoopCounter(rowDone, stage.output.height)
    def inside(outputs: Int, size: Int, kernel: Int, stride: Int, dilation: Int, before: Int)(at: UInt): UInt = {
      val counts = (0 until outputs).map { o =>
        (0 until kernel).count { k =>
          val position = o * stride - before + k * dilation
          position >= 0 && position < size
        }
      }
      val literals = counts.map(_.U(log2Ceil(kernel + 1).W))
      if (counts.distinct.size == 1) literals.head else VecInit(literals)(at)
    }
    val padding = window.padding
    val rows =
      inside(stage.output.height, image.h, window.kernelH, window.strideH, window.dilationH, padding.top)(row)
    val columns =
      inside(stage.output.width, image.w, window.kernelW, window.strideW, window.dilationW, padding.left)(column)
    Widths.fit((rows * columns).zext, epilogue.inputs.get(2).interval.signedBits)
  }
}
