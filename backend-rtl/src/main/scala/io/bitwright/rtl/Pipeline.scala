package io.bitwright.rtl

import chisel3._
import chisel3.util._

/** Registers that advance together: all keep their values in a cycle without `enable`. */
private[rtl] class Pipeline(val enable: Bool) {

  /** `signal` some enabled cycles later; undefined after reset. */
  def delay[T <: Data](signal: T, cycles: Int): T =
    (0 until cycles).foldLeft(signal)((s, _) => RegEnable(s, enable))

  /** A flag some enabled cycles later; false after reset. */
  def flag(signal: Bool, cycles: Int): Bool =
    (0 until cycles).foldLeft(signal)((s, _) => RegEnable(s, false.B, enable))
}
