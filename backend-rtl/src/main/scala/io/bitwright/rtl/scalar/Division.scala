package io.bitwright.rtl
package scalar

import chisel3._
import io.bitwright.ir.scalar.Interval

/**
 * Division by positive divisors, truncated toward zero, as one multiplication and a shift; exact for every member of
 * the dividend's interval.
 *
 * The magnitude n of the dividend lies in [0, N]. With m = ceil(2^s / d) and e = m * d - 2^s,
 * n * m / 2^s = n / d + n * e / (d * 2^s), which has the floor of n / d as long as N * e < 2^s. A negative dividend
 * -n gives -floor(n * m / 2^s) = floor((-n * m + 2^s - 1) / 2^s).
 *
 * @param range  of the dividend
 * @param divisors  all that may come; one shift serves them all
 */
private[rtl] class Division(range: Interval, divisors: Seq[Long]) {
  require(divisors.forall(_ > 0), s"divisors $divisors are not positive")

  private val largest = BigInt(range.lo).abs.max(BigInt(range.hi).abs)

  private val shift =
    Iterator.from(0).find(s => divisors.forall(d => largest * excess(BigInt(d), s) < (BigInt(1) << s))).get

  /** What stands for each divisor. */
  val multipliers: Seq[BigInt] = divisors.map(d => multiplier(BigInt(d), shift))

  /** Bits of the widest multiplier and its sign. */
  val multiplierBits: Int = multipliers.map(_.bitLength).max + 1

  private def multiplier(divisor: BigInt, s: Int): BigInt = ((BigInt(1) << s) + divisor - 1) / divisor

  private def excess(divisor: BigInt, s: Int): BigInt = multiplier(divisor, s) * divisor - (BigInt(1) << s)

  /** The product whose part above the shift is the quotient. */
  def product(dividend: SInt, multiplier: SInt, inDsp: Boolean): SInt = {
    val exact = Multiplier(dividend, multiplier, inDsp)
    if (range.lo >= 0) exact else exact +& Mux(dividend < 0.S, ((BigInt(1) << shift) - 1).S, 0.S)
  }

  /** What a divisor of the given range is multiplied with: a constant, or what `lookup` reads of a table. */
  def multiplier(divisors: Interval)(lookup: Seq[Long] => SInt): SInt =
    if (divisors.isPoint) multipliers.head.S(multiplierBits.W) else lookup(multipliers.map(_.toLong))

  def quotient(product: SInt): SInt = product >> shift
}

private[rtl] object Division {

  /** Divisors for which a table is kept. */
  private val FewDivisors = 4096

  /** Bits of dividends whose multipliers a table's entries hold. */
  private val TableBits = 48

  /** Whether one multiplication divides: by a constant, or by one of few divisors that a table has an entry for. */
  def multiplies(range: Interval, divisors: Interval): Boolean =
    divisors.isPoint || range.signedBits <= TableBits && divisors.hi - divisors.lo < FewDivisors
}
