package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives every value of a scheduled program its place in the arena. The plan is verified: no two live buffers overlap.
 */
public final class MemoryPlanner {
  private static final List<Integer> ALIGNMENTS = List.of(16, 4, 1);

  private MemoryPlanner() {}

  /** The smallest arena found; among equals the one with fewer copies, then the wider alignment. */
  public static MemoryPlan plan(Program program, Schedule schedule) {
    List<BufferLayout> layouts = Elision.layouts(program, schedule);
    int reachable = layouts.stream().mapToInt(l -> OffsetSearch.peak(l.buffers())).min().orElseThrow();
    MemoryPlan best = null;
    for (BufferLayout layout : layouts) {
      for (int alignment : ALIGNMENTS) {
        MemoryPlan plan = plan(program, schedule, layout, alignment);
        best = best == null || plan.arenaBytes() < best.arenaBytes() ? plan : best;
        if (best.arenaBytes() == reachable) {
          return best;
        }
      }
    }
    return best;
  }

  /** The plan for one layout, with the widest alignment. */
  static MemoryPlan plan(Program program, Schedule schedule, BufferLayout layout) {
    return plan(program, schedule, layout, ALIGNMENTS.get(0));
  }

  private static MemoryPlan plan(Program program, Schedule schedule, BufferLayout layout, int alignment) {
    OffsetSearch search = new OffsetSearch(layout.buffers(), alignment);
    Map<LiveBuffer, Integer> offsets = search.offsets();
    List<Optional<Placement>> placements = new ArrayList<>();
    List<Optional<Ring>> rings = new ArrayList<>();
    for (Value value : program.values()) {
      placements.add(layout.isPlaced(value)
          ? Optional.of(layout.placement(value, offsets))
          : Optional.empty());
      rings.add(layout.ring(value, offsets));
    }
    verify(layout.buffers(), offsets, search.arenaBytes());
    return new MemoryPlan(program, schedule, placements, rings, layout.elided(), search.arenaBytes(),
        OffsetSearch.peak(layout.buffers()));
  }

  private static void verify(List<LiveBuffer> buffers, Map<LiveBuffer, Integer> offsets, int arenaBytes) {
    for (LiveBuffer buffer : buffers) {
      int start = offsets.get(buffer);
      if (start < 0 || start + buffer.sizeBytes() > arenaBytes || start % buffer.alignment() != 0) {
        throw new IllegalStateException("memory plan: a buffer lies outside of the arena or is not aligned");
      }
    }
    List<LiveBuffer> byStart = buffers.stream().sorted(Comparator.comparing(offsets::get)).toList();
    for (int i = 0; i < byStart.size(); i++) {
      LiveBuffer lower = byStart.get(i);
      int end = offsets.get(lower) + lower.sizeBytes();
      for (int j = i + 1; j < byStart.size() && offsets.get(byStart.get(j)) < end; j++) {
        if (lower.meets(byStart.get(j))) {
          throw new IllegalStateException("memory plan: two live buffers overlap");
        }
      }
    }
  }
}
