package io.bitwright.ir.kernel;

import java.util.ArrayList;
import java.util.List;

/** Splits a list of indices into few arithmetic runs, each of which one strided copy takes. */
final class IndexRuns {
  private static final int LONGEST_PERIOD = 8;

  /**
   * Positions {@code at, at + atStep, ...} of the list, which hold {@code index, index + indexStep, ...}.
   *
   * @param indexStep  at least 0
   */
  record Run(int at, int atStep, int count, int index, int indexStep) {}

  private IndexRuns() {}

  /** The fewest runs among those of positions that are 1 to 8 apart; they cover each position once. */
  static List<Run> of(List<Integer> indices) {
    List<Run> best = runs(indices, 1);
    for (int period = 2; period <= Math.min(LONGEST_PERIOD, indices.size()); period++) {
      List<Run> runs = runs(indices, period);
      best = runs.size() < best.size() ? runs : best;
    }
    return best;
  }

  private static List<Run> runs(List<Integer> indices, int period) {
    List<Run> runs = new ArrayList<>();
    for (int residue = 0; residue < period; residue++) {
      for (int at = residue; at < indices.size();) {
        int count = count(indices, at, period);
        int step = count == 1 ? 1 : indices.get(at + period) - indices.get(at);
        runs.add(new Run(at, count == 1 ? 1 : period, count, indices.get(at), step));
        at += count * period;
      }
    }
    return runs;
  }

  /** How many positions from one on form a run that does not descend. */
  private static int count(List<Integer> indices, int at, int period) {
    if (at + period >= indices.size() || indices.get(at + period) < indices.get(at)) {
      return 1;
    }
    int step = indices.get(at + period) - indices.get(at);
    int count = 2;
    while (at + count * period < indices.size()
        && indices.get(at + count * period) - indices.get(at + (count - 1) * period) == step) {
      count++;
    }
    return count;
  }
}
