package io.bitwright.frontend.quantise.evaluate;

import io.bitwright.frontend.quantise.range.Range;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * How far some reals are off others.
 *
 * @param signal  sum of the squares of what was expected
 * @param noise  sum of the squares of the differences
 */
public record Noise(double signal, double noise) {
  /**
   * Of raw f32 tensors, a frame each.
   *
   * @param reach  the reals that users of the tensor tell apart: beyond, nothing is off
   */
  static Noise of(List<byte[]> expected, List<byte[]> actual, Range reach) {
    double signal = 0;
    double noise = 0;
    for (int f = 0; f < expected.size(); f++) {
      FloatBuffer wanted = Elements.of(expected.get(f));
      FloatBuffer given = Elements.of(actual.get(f));
      while (wanted.hasRemaining()) {
        double x = reach.nearest(wanted.get());
        double difference = x - reach.nearest(given.get());
        signal += x * x;
        noise += difference * difference;
      }
    }
    return new Noise(signal, noise);
  }

  /** Signal-to-quantisation-noise ratio in decibels; infinite where there is no noise. */
  public double decibels() {
    return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
  }
}
