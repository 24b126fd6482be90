package io.bitwright.ir.scalar.function;

import java.util.OptionalInt;

/**
 * Scales that TFLite takes for powers of two.
 *
 * <p>Source: CheckedLog2 of internal/quantization_util.cc.
 */
public final class PowerOfTwo {
  private static final double TOLERANCE = 1e-3;

  private PowerOfTwo() {}

  /** The exponent of a scale whose logarithm is within a thousandth of it; empty for every other scale. */
  public static OptionalInt exponent(float scale) {
    int nearest = nearest(scale);
    return Math.abs(log2(scale) - nearest) < TOLERANCE ? OptionalInt.of(nearest) : OptionalInt.empty();
  }

  /** The nearest exponent of any scale. */
  static int nearest(float scale) {
    double exponent = log2(scale);
    return (int) (Math.signum(exponent) * Math.floor(Math.abs(exponent) + 0.5));
  }

  private static double log2(float scale) {
    return StrictMath.log(scale) / StrictMath.log(2);
  }
}
