package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gives every value of a scheduled program its place in the arena. The plan is verified: no two live buffers overlap.
 */
public final class MemoryPlanner {
  private static final List<Integer> ALIGNMENTS = List.of(16, 4, 1);

  private MemoryPlanner() {}

  /** The smallest arena found; among equals the one with fewer copies, then the wider alignment. */
  public static MemoryPlan plan(Program program, Schedule schedule) {
    BufferLayout eliding = new BufferLayout(program, schedule, true);
    List<BufferLayout> layouts = eliding.elided().isEmpty()
        ? List.of(eliding)
        : List.of(eliding, new BufferLayout(program, schedule, false));
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

  private static MemoryPlan plan(Program program, Schedule schedule, BufferLayout layout, int alignment) {
    OffsetSearch search = new OffsetSearch(layout.buffers(), alignment);
    List<Optional<Placement>> placements = new ArrayList<>();
    for (Value value : program.values()) {
      placements.add(layout.isPlaced(value)
          ? Optional.of(layout.placement(value, search.offsets()))
          : Optional.empty());
    }
    List<Optional<Integer>> rowBuffers = IntStream.range(0, schedule.groups().size())
        .mapToObj(g -> Optional.ofNullable(layout.rowBuffer(g)).map(search.offsets()::get))
        .toList();
    verify(layout.buffers(), search);
    return new MemoryPlan(program, schedule, placements, rowBuffers, layout.elided(), search.arenaBytes(),
        OffsetSearch.peak(layout.buffers()));
  }

  private static void verify(List<LiveBuffer> buffers, OffsetSearch search) {
    for (LiveBuffer a : buffers) {
      int startA = search.offsets().get(a);
      if (startA < 0 || startA + a.sizeBytes() > search.arenaBytes() || startA % a.alignment() != 0) {
        throw new IllegalStateException("memory plan: a buffer lies outside of the arena or is not aligned");
      }
      for (LiveBuffer b : buffers) {
        int startB = search.offsets().get(b);
        boolean apart = startA + a.sizeBytes() <= startB || startB + b.sizeBytes() <= startA;
        if (a != b && a.meets(b) && !apart) {
          throw new IllegalStateException("memory plan: two live buffers overlap");
        }
      }
    }
  }
}
