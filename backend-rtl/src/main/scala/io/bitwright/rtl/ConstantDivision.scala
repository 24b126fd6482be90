package io.bitwright.rtl

import chisel3._
import io.bitwright.ir.scalar.Interval

/**
 * Division by a positive constant, truncated toward zero, as one multiplication and a shift; exact for every member of
 * the dividend's interval.
 *
 * The magnitude n of the dividend lies in [0, N]. With m = ceil(2^s / d) and e = m * d - 2^s,
 * n * m / 2^s = n / d + n * e / (d * 2^s), which has the floor of n / d as long as N * e < 2^s.
 */
private[rtl] object ConstantDivision {

  def apply(dividend: SInt, range: Interval, divisor: Long): SInt = {
    require(divisor > 0, s"divisor $divisor is not positive")
    val (multiplier, shift) = reciprocal(BigInt(range.lo).abs.max(BigInt(range.hi).abs), BigInt(divisor))
    def quotient(magnitude: SInt): SInt = (magnitude * multiplier.S) >> shift
    if (range.lo >= 0) {
      quotient(dividend)
    } else {
      val negative = dividend < 0.S
      val magnitude = quotient(Mux(negative, 0.S -& dividend, dividend))
      Mux(negative, 0.S -& magnitude, magnitude)
    }
  }

  /** The smallest shift, and its multiplier, that are exact for all n in [0, `largest`]. */
  private def reciprocal(largest: BigInt, divisor: BigInt): (BigInt, Int) = {
    val shift = Iterator.from(0).find(s => largest * excess(divisor, s) < (BigInt(1) << s)).get
    (multiplier(divisor, shift), shift)
  }

  private def multiplier(divisor: BigInt, shift: Int): BigInt = ((BigInt(1) << shift) + divisor - 1) / divisor

  private def excess(divisor: BigInt, shift: Int): BigInt = multiplier(divisor, shift) * divisor - (BigInt(1) << shift)
}
