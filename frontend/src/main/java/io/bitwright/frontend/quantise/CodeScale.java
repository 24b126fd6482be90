package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerTensor;

/** From ranges to scales and zero points of int8 codes. */
final class CodeScale {
  /** No scale is smaller, so that products of two are no subnormals of float32. */
  static final float LEAST = 0x1p-60f;

  private static final int LOWEST = (int) ElementType.I8.min();
  private static final int HIGHEST = (int) ElementType.I8.max();

  private CodeScale() {}

  /** The scale whose 256 codes reach over a range and zero. A range of zero alone is taken for one up to 1. */
  static float scale(Range range) {
    Range reached = range.union(Range.ZERO);
    double width = (double) reached.max() - reached.min();
    double wanted = width == 0 ? 1 : width;
    return Math.max(LEAST, (float) (wanted / (HIGHEST - LOWEST)));
  }

  /** A scale with the zero point at which the lowest code is the range's lower end, rounded. */
  static PerTensor quantization(Range range, float scale) {
    double lower = Math.min(0, range.min());
    long zeroPoint = Math.round(LOWEST - lower / scale);
    return new PerTensor(scale, (int) Math.min(Math.max(zeroPoint, LOWEST), HIGHEST));
  }
}
