package io.bitwright.frontend.quantise.range;

/**
 * Searches the range with the smallest mean squared error. What lies inside is off by a rounding, taken for uniform; what
 * lies outside by its distance to the range's end. Zeros have a code of their own and are never off.
 */
final class LeastSquares {
  /** Candidates for each end: this many parts of the largest. */
  private static final int STEPS = 128;
  private static final int CODES = 255;

  private final Histogram histogram;
  private final Range all;
  private final double[] lowErrors = new double[STEPS + 1];
  private final double[] highErrors = new double[STEPS + 1];
  private double inside;

  private LeastSquares(Observation seen) {
    this.histogram = seen.histogram();
    this.all = seen.range().union(Range.ZERO);
    for (int i = 0; i < histogram.cells(); i++) {
      inside += histogram.count(i);
    }
    for (int step = 0; step <= STEPS; step++) {
      lowErrors[step] = clipped(end(all.min(), step), -1);
      highErrors[step] = clipped(end(all.max(), step), 1);
    }
  }

  static Range range(Observation seen) {
    Range all = seen.range();
    return all.magnitude() <= Float.MAX_VALUE && all.magnitude() > 0 ? new LeastSquares(seen).search() : all;
  }

  private static double end(float largest, int step) {
    return largest * ((double) step / STEPS);
  }

  /** Squared distances of what lies beyond one end. */
  private double clipped(double end, int side) {
    double error = 0;
    for (int i = 0; i < histogram.cells(); i++) {
      double beyond = side * (histogram.middle(i) - end);
      if (beyond > 0 && histogram.count(i) > 0 && side * histogram.middle(i) > 0) {
        error += histogram.count(i) * beyond * beyond;
      }
    }
    return error;
  }

  private Range search() {
    double least = Double.POSITIVE_INFINITY;
    Range best = all;
    for (int low = all.min() == 0 ? STEPS : 0; low <= STEPS; low++) {
      for (int high = all.max() == 0 ? STEPS : 0; high <= STEPS; high++) {
        double step = (end(all.max(), high) - end(all.min(), low)) / CODES;
        double error = inside * step * step / 12 + lowErrors[low] + highErrors[high];
        // Among equals the widest.
        if (step > 0 && error <= least) {
          least = error;
          best = new Range((float) end(all.min(), low), (float) end(all.max(), high));
        }
      }
    }
    return best;
  }
}
