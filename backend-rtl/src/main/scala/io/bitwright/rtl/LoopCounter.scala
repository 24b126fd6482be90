package io.bitwright.rtl

import chisel3._
import chisel3.util.Counter

/**
 * The counter of one loop of a nest: the current index, and whether this step is the loop's last. The width is always
 * known.
 */
private[rtl] object LoopCounter {

  /** Counts 0 to `bound` - 1 and starts over, by one whenever `step` holds. */
  def apply(step: Bool, bound: Int): (UInt, Bool) =
    if (bound == 1) (0.U(1.W), step) else Counter(step, bound)
}
