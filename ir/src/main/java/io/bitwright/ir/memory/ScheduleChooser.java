package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Schedule.Group;
import io.bitwright.ir.kernel.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses which depthwise convolutions run together with the pointwise one that follows, a row at a time: those whose
 * intermediate map would otherwise make the arena larger, and no others. The 8-bit requantisation between them stays.
 */
public final class ScheduleChooser {
  private ScheduleChooser() {}

  /** The plan with the smallest arena found; the trivial schedule where fusion gains nothing. */
  public static MemoryPlan choose(Program program) {
    MemoryPlan trivial = MemoryPlanner.plan(program, Schedule.trivial(program));
    Set<Kernel> fusible = fusible(program);
    if (fusible.isEmpty()) {
      return trivial;
    }
    int reachable = peak(program, fusible);
    Set<Kernel> chosen = new HashSet<>(fusible);
    for (Kernel kernel : fusible.stream().sorted(java.util.Comparator.comparingInt(k -> k.output().id())).toList()) {
      chosen.remove(kernel);
      if (peak(program, chosen) > Math.min(reachable, trivial.peakLiveBytes())) {
        chosen.add(kernel);
      }
    }
    MemoryPlan fused = MemoryPlanner.plan(program, schedule(program, chosen));
    return fused.arenaBytes() < trivial.arenaBytes() ? fused : trivial;
  }

  private static int peak(Program program, Set<Kernel> fusedWithNext) {
    return OffsetSearch.peak(new BufferLayout(program, schedule(program, fusedWithNext), true).buffers());
  }

  /** The schedule that runs each of these kernels together with the next. */
  public static Schedule schedule(Program program, Set<Kernel> fusedWithNext) {
    List<Group> groups = new ArrayList<>();
    List<Kernel> kernels = program.kernels();
    for (int i = 0; i < kernels.size(); i++) {
      if (fusedWithNext.contains(kernels.get(i))) {
        groups.add(new Group(List.of(kernels.get(i), kernels.get(i + 1))));
        i++;
      } else {
        groups.add(new Group(List.of(kernels.get(i))));
      }
    }
    return new Schedule(groups);
  }

  /** Depthwise convolutions that may run together with the kernel after them. */
  public static Set<Kernel> fusible(Program program) {
    List<Kernel> kernels = program.kernels();
    Liveness liveness = new Liveness(program, Schedule.trivial(program));
    return java.util.stream.IntStream.range(0, kernels.size() - 1)
        .filter(i -> isPair(liveness, kernels.get(i), kernels.get(i + 1)))
        .mapToObj(kernels::get)
        .collect(Collectors.toSet());
  }

  private static boolean isPair(Liveness liveness, Kernel first, Kernel second) {
    Value between = first.output();
    return first instanceof Kernel.Dot depthwise && depthwise.connection() == Kernel.Connection.DEPTHWISE
        && second instanceof Kernel.Dot pointwise && pointwise.connection() == Kernel.Connection.DENSE
        && pointwise.window().isPoint() && pointwise.groups() == 1 && second.inputs().get(0) == between
        && liveness.uses(between) == 1 && !liveness.isAliased(between);
  }
}
