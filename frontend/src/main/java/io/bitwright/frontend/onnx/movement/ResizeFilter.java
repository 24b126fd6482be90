package io.bitwright.frontend.onnx.movement;

/**
 * The filter of a resize along one dimension: how much an input counts for an output, by their distance.
 *
 * <p>Source: onnx/reference/ops/op_resize.py of the ONNX project.
 *
 * @param cubic  a cubic curve over two neighbours on each side, else a line over one
 * @param coefficient  the cubic curve's parameter
 * @param excludes  whether inputs beyond the border do not count; else they are the border's
 * @param squeeze  at most 1: how much wider the filter is than an input, so that a smaller result takes all inputs in
 */
record ResizeFilter(boolean cubic, double coefficient, boolean excludes, double squeeze) {
  private double reach() {
    return (cubic ? 2 : 1) / squeeze;
  }

  /** How many neighbours count at most. */
  int taps() {
    return (int) Math.ceil(2 * reach());
  }

  /** The first of the neighbours of a position. */
  int first(double position) {
    return (int) Math.floor(position - reach()) + 1;
  }

  /** What each neighbour from {@link #first} on counts, in sum 1. */
  double[] weights(double position, int size) {
    double[] weights = new double[taps()];
    double sum = 0;
    for (int t = 0; t < weights.length; t++) {
      int index = first(position) + t;
      boolean counts = !excludes || index >= 0 && index < size;
      weights[t] = counts ? weight(Math.abs(index - position) * squeeze) : 0;
      sum += weights[t];
    }
    for (int t = 0; t < weights.length; t++) {
      weights[t] /= sum;
    }
    return weights;
  }

  private double weight(double distance) {
    double d = distance;
    if (!cubic) {
      return Math.max(0, 1 - d);
    }
    double a = coefficient;
    return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }
}
