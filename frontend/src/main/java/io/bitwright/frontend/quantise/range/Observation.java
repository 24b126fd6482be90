package io.bitwright.frontend.quantise.range;

import java.util.List;
import java.util.Optional;

/**
 * What a tensor was seen to hold.
 *
 * @param frames  from the smallest to the largest element of each frame, in the order given; at least one
 * @param histogram  over all frames
 * @param moments  of each channel over all frames, where they were asked for
 */
public record Observation(List<Range> frames, Histogram histogram, Optional<Moments> moments) {
  public Observation {
    frames = List.copyOf(frames);
  }

  /** From the smallest to the largest element over all frames. */
  public Range range() {
    return frames.stream().reduce(Range::union).orElseThrow();
  }

  /** The same with each element that lies outside some reals taken for the nearest of them. */
  public Observation within(Range reals) {
    Range all = range();
    return reals.min() <= all.min() && all.max() <= reals.max() ? this
        : new Observation(frames.stream().map(f -> f.within(reals)).toList(), histogram.within(reals), Optional.empty());
  }
}
