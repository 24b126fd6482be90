package io.bitwright.frontend.quantise.range;

/** Leaves out the outermost elements. */
final class Percentile {
  private Percentile() {}

  /** From the middle of the cell above the lowest {@code tail} of the elements to that below the highest. */
  static Range range(Observation seen, double tail) {
    Range all = seen.range();
    Histogram histogram = seen.histogram();
    long elements = histogram.zeros();
    for (int i = 0; i < histogram.cells(); i++) {
      elements += histogram.count(i);
    }
    double spared = elements * tail;
    int lower = 0;
    for (double below = histogram.count(0); below <= spared && lower < histogram.cells() - 1; ) {
      below += histogram.count(++lower);
    }
    int upper = histogram.cells() - 1;
    for (double above = histogram.count(upper); above <= spared && upper > 0; ) {
      above += histogram.count(--upper);
    }
    // Zeros are in no cell: a tail that reaches past zero ends there, since zero belongs to every range.
    float min = (float) Math.max(all.min(), Math.min(0, histogram.middle(lower)));
    float max = (float) Math.min(all.max(), Math.max(0, histogram.middle(upper)));
    return new Range(Math.min(min, max), Math.max(min, max));
  }
}
