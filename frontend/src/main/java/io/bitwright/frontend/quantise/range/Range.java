package io.bitwright.frontend.quantise.range;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The reals between two, both included; not a number in both where one of them was met.
 *
 * @param min  at most {@code max}
 */
public record Range(float min, float max) {
  /** Real zero alone. */
  public static final Range ZERO = new Range(0, 0);

  /**
   * From the smallest to the largest of some elements.
   *
   * @param raw  little-endian f32, at least one
   */
  public static Range of(byte[] raw) {
    ByteBuffer elements = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    while (elements.hasRemaining()) {
      float x = elements.getFloat();
      min = Math.min(min, x);
      max = Math.max(max, x);
    }
    return new Range(min, max);
  }

  /** The smallest range with all of both. */
  public Range union(Range other) {
    return new Range(Math.min(min, other.min), Math.max(max, other.max));
  }

  /** Both ends farther from zero, by a factor of at least 1. */
  public Range times(double factor) {
    return new Range((float) (min * factor), (float) (max * factor));
  }

  /** The larger of the two ends' magnitudes. */
  public float magnitude() {
    return Math.max(Math.abs(min), Math.abs(max));
  }

  /** The nearest of some reals to each of these. */
  public Range within(Range reals) {
    return new Range(reals.nearest(min), reals.nearest(max));
  }

  /** The nearest of these reals to another. */
  public float nearest(float x) {
    return Math.min(Math.max(x, min), max);
  }
}
