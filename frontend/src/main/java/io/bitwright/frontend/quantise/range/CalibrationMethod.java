package io.bitwright.frontend.quantise.range;

import java.util.List;

/** The ways to choose a range that users may name. */
public enum CalibrationMethod implements RangePolicy {
  /** The range whose codes are nearest to what was observed, in the mean of squares. */
  MSE {
    @Override
    public Range range(Observation seen) {
      return LeastSquares.range(seen);
    }
  },
  /** All that was observed. */
  MIN_MAX {
    @Override
    public Range range(Observation seen) {
      return seen.range();
    }
  },
  /** Exponential moving average of the frames' smallest and largest elements, in the order given. */
  MOVING_AVERAGE {
    @Override
    public Range range(Observation seen) {
      List<Range> frames = seen.frames();
      double min = frames.get(0).min();
      double max = frames.get(0).max();
      for (Range frame : frames) {
        min += RENEWAL * (frame.min() - min);
        max += RENEWAL * (frame.max() - max);
      }
      return new Range((float) min, (float) max);
    }
  },
  /** All but the {@value #TAIL} of the elements that are smallest, and as many that are largest. */
  PERCENTILE {
    @Override
    public Range range(Observation seen) {
      return Percentile.range(seen, TAIL);
    }
  };

  private static final double RENEWAL = 0.1;
  private static final double TAIL = 1e-4;
}
