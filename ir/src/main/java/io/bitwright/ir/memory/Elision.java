package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Chooses the moves that need not copy because their parts lie in the whole. A part in place keeps memory for the whole
 * from the first part on; where that raises the peak, the parts are copied.
 */
final class Elision {
  private Elision() {}

  /** Layouts with the smallest peaks first, among equals with fewer bytes copied. */
  static List<BufferLayout> layouts(Program program, Schedule schedule) {
    BufferLayout all = new BufferLayout(program, schedule, true);
    if (all.elided().isEmpty()) {
      return List.of(all);
    }
    BufferLayout none = new BufferLayout(program, schedule, false);
    if (peak(all) <= peak(none)) {
      return List.of(all, none);
    }
    BufferLayout some = new BufferLayout(program, schedule, affordable(program, schedule, all, peak(none))::contains);
    return List.of(some, none, all);
  }

  /** Moves, the largest first, as long as the peak stays within a limit. */
  private static Set<Kernel> affordable(Program program, Schedule schedule, BufferLayout all, int limit) {
    Set<Kernel> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Kernel> bySize = all.elided().stream()
        .sorted(Comparator.<Kernel>comparingInt(k -> k.output().sizeBytes()).reversed()).toList();
    for (Kernel move : bySize) {
      chosen.add(move);
      if (peak(new BufferLayout(program, schedule, chosen::contains)) > limit) {
        chosen.remove(move);
      }
    }
    return chosen;
  }

  private static int peak(BufferLayout layout) {
    return OffsetSearch.peak(layout.buffers());
  }
}
