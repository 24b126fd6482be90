package io.bitwright.compiler.data;

import java.util.List;

/**
 * How a picture's samples p become a network's input.
 *
 * <p>Without mean and deviation: p for a u8 input, p - 128 for an i8 input, p / 255 for an f32 input. With them:
 * (p - mean) / deviation, through the input's quantisation.
 *
 * @param mean  one number, or one a channel; empty for none
 * @param deviation  likewise
 * @param bgr  whether the network takes blue first
 */
public record Preprocessing(List<Double> mean, List<Double> deviation, boolean bgr) {
  public static final Preprocessing PLAIN = new Preprocessing(List.of(), List.of(), false);

  public Preprocessing {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (deviation.stream().anyMatch(d -> !(Math.abs(d) > 0) || d.isInfinite())
        || mean.stream().anyMatch(m -> m.isNaN() || m.isInfinite())) {
      throw new IllegalArgumentException("mean and deviation must be finite, the deviation not 0");
    }
  }

  /** Whether samples are taken as they are. */
  boolean isPlain() {
    return mean.isEmpty() && deviation.isEmpty();
  }

  /** A sample normalised. */
  double normalize(int sample, int channel) {
    return (sample - at(mean, channel, 0)) / at(deviation, channel, 1);
  }

  private static double at(List<Double> numbers, int channel, double otherwise) {
    return numbers.isEmpty() ? otherwise : numbers.get(numbers.size() == 1 ? 0 : channel);
  }

  /** Whether there is a number for each of so many channels. */
  boolean fits(int channels) {
    return List.of(mean, deviation).stream().allMatch(n -> n.size() <= 1 || n.size() == channels);
  }
}
