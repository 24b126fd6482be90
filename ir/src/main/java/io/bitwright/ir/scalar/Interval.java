package io.bitwright.ir.scalar;

import io.bitwright.ir.type.TensorType;

/**
 * The exact integers from {@code lo} to {@code hi}, both included. Every operation returns the smallest interval that
 * holds all results.
 *
 * <p>Operations throw {@link ScalarOverflowException} where a bound would leave 64 bits.
 */
public record Interval(long lo, long hi) {
  public static final Interval INT32 = new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE);
  public static final Interval INT16 = new Interval(Short.MIN_VALUE, Short.MAX_VALUE);
  public static final Interval INT8 = new Interval(-128, 127);

  public Interval {
    if (lo > hi) {
      throw new IllegalArgumentException("empty interval [" + lo + "," + hi + "]");
    }
  }

  public static Interval of(long lo, long hi) {
    return new Interval(lo, hi);
  }

  public static Interval point(long value) {
    return new Interval(value, value);
  }

  public boolean isPoint() {
    return lo == hi;
  }

  public boolean contains(long value) {
    return lo <= value && value <= hi;
  }

  public boolean within(Interval outer) {
    return outer.lo <= lo && hi <= outer.hi;
  }

  public Interval union(Interval other) {
    return of(Math.min(lo, other.lo), Math.max(hi, other.hi));
  }

  /** All stored codes of an integer type: unsigned ones are re-centred. */
  public static Interval codesOf(TensorType type) {
    return of(type.element().min() - type.storedOffset(), type.element().max() - type.storedOffset());
  }

  /** Bits of the narrowest two's complement type that holds every value; 1 for {0}. */
  public int signedBits() {
    return Math.max(bitsOf(lo), bitsOf(hi));
  }

  private static int bitsOf(long v) {
    return 65 - Long.numberOfLeadingZeros(v < 0 ? ~v : v);
  }

  public Interval plus(Interval b) {
    return exact(() -> of(Math.addExact(lo, b.lo), Math.addExact(hi, b.hi)));
  }

  public Interval minus(Interval b) {
    return exact(() -> of(Math.subtractExact(lo, b.hi), Math.subtractExact(hi, b.lo)));
  }

  public Interval times(Interval b) {
    return exact(() -> hull(Math.multiplyExact(lo, b.lo), Math.multiplyExact(lo, b.hi),
        Math.multiplyExact(hi, b.lo), Math.multiplyExact(hi, b.hi)));
  }

  /** {@code this * 2^b}. */
  public Interval shiftLeft(Interval b) {
    requireShift(b, 62);
    return times(of(1L << b.lo, 1L << b.hi));
  }

  /** {@code floor(this / 2^b)}. */
  public Interval shiftRight(Interval b) {
    requireShift(b, 63);
    return hull(lo >> b.lo, lo >> b.hi, hi >> b.lo, hi >> b.hi);
  }

  /** {@code this / b}, truncated toward zero; {@code b} positive. */
  public Interval dividedBy(Interval b) {
    if (b.lo < 1) {
      throw new IllegalArgumentException("divisor " + b + " must be positive");
    }
    return hull(lo / b.lo, lo / b.hi, hi / b.lo, hi / b.hi);
  }

  public Interval min(Interval b) {
    return of(Math.min(lo, b.lo), Math.min(hi, b.hi));
  }

  public Interval max(Interval b) {
    return of(Math.max(lo, b.lo), Math.max(hi, b.hi));
  }

  @Override
  public String toString() {
    return "[" + lo + "," + hi + "]";
  }

  private static void requireShift(Interval b, int most) {
    if (b.lo < 0 || b.hi > most) {
      throw new IllegalArgumentException("shift " + b + " must lie in [0," + most + "]");
    }
  }

  private static Interval hull(long a, long b, long c, long d) {
    return of(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  private static Interval exact(java.util.function.Supplier<Interval> bounds) {
    try {
      return bounds.get();
    } catch (ArithmeticException e) {
      throw new ScalarOverflowException(e);
    }
  }
}
