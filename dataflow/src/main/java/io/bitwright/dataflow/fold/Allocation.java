package io.bitwright.dataflow.fold;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The smallest frame interval for a budget of MAC lanes.
 *
 * @param foldings  by unit, none with more lanes than the interval asks for
 */
record Allocation(long intervalCycles, int lanes, List<Folding> foldings) {
  /** Lanes that the slowest foldings take: fewer are not possible. */
  static int fewestLanes(List<Unit> units) {
    return units.stream().mapToInt(u -> u.foldings().get(0).lanes()).sum();
  }

  /**
   * Allocates.
   *
   * @param budget  at least {@link #fewestLanes}
   */
  static Allocation within(List<Unit> units, int budget) {
    long[] intervals = candidates(units);
    int from = 0;
    int to = intervals.length - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      OptionalInt lanes = lanes(units, intervals[middle]);
      if (lanes.isPresent() && lanes.getAsInt() <= budget) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return at(units, intervals[from]);
  }

  private static Allocation at(List<Unit> units, long interval) {
    List<Folding> foldings = units.stream().map(u -> u.within(interval)).toList();
    long slowest = foldings.stream().mapToLong(Folding::intervalCycles).max().orElse(1);
    return new Allocation(slowest, foldings.stream().mapToInt(Folding::lanes).sum(), foldings);
  }

  /** Intervals of all foldings, none below the slowest unit's fastest; rising. */
  private static long[] candidates(List<Unit> units) {
    long reachable = units.stream().mapToLong(u -> u.foldings().get(u.foldings().size() - 1).intervalCycles()).max()
        .orElse(1);
    TreeSet<Long> all = new TreeSet<>();
    all.add(reachable);
    units.forEach(u -> u.foldings().stream().map(Folding::intervalCycles).filter(i -> i > reachable).forEach(all::add));
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  private static OptionalInt lanes(List<Unit> units, long interval) {
    int lanes = 0;
    for (Unit unit : units) {
      Folding folding = unit.within(interval);
      if (folding.intervalCycles() > interval) {
        return OptionalInt.empty();
      }
      lanes = Math.addExact(lanes, folding.lanes());
    }
    return OptionalInt.of(lanes);
  }
}
