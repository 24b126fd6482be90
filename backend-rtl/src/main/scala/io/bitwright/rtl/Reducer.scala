package io.bitwright.rtl

import chisel3._
import io.bitwright.dataflow.Patches
import io.bitwright.ir.kernel.Kernel.Reduction
import io.bitwright.ir.scalar.Scalar

/**
 * A sum or a maximum.
 *
 * @param width  of the accumulator
 */
private[rtl] class Reducer(reduction: Reduction, val width: Int) {
  private val neutral = reduction match {
    case Reduction.SUM => 0
    case Reduction.MAX => -128
  }

  def combine(a: SInt, b: SInt): SInt = reduction match {
    case Reduction.SUM => a +& b
    case Reduction.MAX => Mux(a < b, b, a)
  }

  /** Channel p's codes in a beat; what comes past the last tap changes nothing. */
  def taps(codes: Seq[SInt], patches: Patches, taps: Int, fold: UInt, p: Int, pipeline: Pipeline): Seq[SInt] = {
    val lastFold = pipeline.delay(fold === (patches.tapFolds - 1).U, 1)
    val inLastFold = taps - (patches.tapFolds - 1) * patches.tapLanes
    (0 until patches.tapLanes).map { t =>
      val code = codes(t * patches.wordLanes + p)
      if (t < inLastFold) code else Mux(lastFold, neutral.S(8.W), code)
    }
  }
}

private[rtl] object Reducer {

  /** As wide as the scalar body's first input. */
  def apply(reduction: Reduction, epilogue: Scalar): Reducer =
    new Reducer(reduction, math.max(8, epilogue.inputs.get(0).interval.signedBits))
}
