package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Schedule.Group;
import io.bitwright.ir.kernel.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses which kernels run together, a row at a time: groups that make the most bytes live at one time the fewest, and
 * among those schedules the one with the fewest values in rings. What a group needs does not depend on how the kernels
 * before and after it are grouped, so the choice is a shortest path over the kernels, for each way to place parts.
 */
public final class ScheduleChooser {
  /** The best way to run the kernels before some kernel. */
  private record Path(Path before, List<Kernel> group, long peakBytes, int rings, long sumBytes) {
    private static final Path EMPTY = new Path(null, List.of(), 0, 0, 0);

    Path then(List<Kernel> next, long bytes) {
      return new Path(this, next, Math.max(peakBytes, bytes), rings + next.size() - 1, sumBytes + bytes);
    }
  }

  private record Candidate(int first, List<Kernel> kernels, long bytes) {}

  private static final Comparator<Path> LOWEST_PEAK = Comparator.comparingLong(Path::peakBytes);
  private static final Comparator<Path> FEWEST_RINGS =
      Comparator.comparingInt(Path::rings).thenComparingLong(Path::sumBytes);

  private ScheduleChooser() {}

  /** The plan with the smallest arena found; the trivial schedule where fusion gains nothing. */
  public static MemoryPlan choose(Program program) {
    Schedule trivial = Schedule.trivial(program);
    MemoryPlan best = MemoryPlanner.plan(program, trivial);
    Set<Integer> fusible = fusible(program);
    if (fusible.isEmpty()) {
      return best;
    }
    for (BufferLayout layout : Elision.layouts(program, trivial)) {
      Schedule schedule = lowest(candidates(program, fusible, new GroupLiveness(program, layout)));
      if (peak(program, schedule) < best.arenaBytes()) {
        MemoryPlan plan = MemoryPlanner.plan(program, schedule);
        best = plan.arenaBytes() < best.arenaBytes() ? plan : best;
      }
    }
    return best;
  }

  private static int peak(Program program, Schedule schedule) {
    return OffsetSearch.peak(Elision.layouts(program, schedule).get(0).buffers());
  }

  private static Schedule lowest(List<List<Candidate>> candidates) {
    long peak = best(candidates, Long.MAX_VALUE, LOWEST_PEAK).peakBytes();
    return schedule(best(candidates, peak, FEWEST_RINGS));
  }

  /** By index of the kernel that they end with: all groups there can be. */
  private static List<List<Candidate>> candidates(Program program, Set<Integer> fusible, GroupLiveness liveness) {
    List<Kernel> kernels = program.kernels();
    List<List<Candidate>> candidates = new ArrayList<>();
    for (int end = 0; end < kernels.size(); end++) {
      List<Candidate> ending = new ArrayList<>();
      for (int first = end; first == end || first >= 0 && fusible.contains(first); first--) {
        List<Kernel> group = kernels.subList(first, end + 1);
        ending.add(new Candidate(first, group, liveness.bytes(new Group(group), first)));
      }
      candidates.add(ending);
    }
    return candidates;
  }

  /** The first of the best paths through groups of at most so many bytes. */
  private static Path best(List<List<Candidate>> candidates, long mostBytes, Comparator<Path> order) {
    List<Path> paths = new ArrayList<>(List.of(Path.EMPTY));
    for (List<Candidate> ending : candidates) {
      paths.add(ending.stream()
          .filter(c -> c.bytes() <= mostBytes && paths.get(c.first()) != null)
          .map(c -> paths.get(c.first()).then(c.kernels(), c.bytes()))
          .min(order)
          .orElse(null));
    }
    return paths.get(candidates.size());
  }

  private static Schedule schedule(Path path) {
    List<Group> groups = new ArrayList<>();
    for (Path p = path; p.before() != null; p = p.before()) {
      groups.add(0, new Group(p.group()));
    }
    return new Schedule(groups);
  }

  /** The schedule that runs each kernel of these indices together with the next one. */
  public static Schedule schedule(Program program, Set<Integer> fusedWithNext) {
    List<Group> groups = new ArrayList<>();
    List<Kernel> group = new ArrayList<>();
    for (int i = 0; i < program.kernels().size(); i++) {
      group.add(program.kernels().get(i));
      if (!fusedWithNext.contains(i)) {
        groups.add(new Group(group));
        group.clear();
      }
    }
    return new Schedule(groups);
  }

  /** Indices of the kernels that may run together with the one after them. */
  public static Set<Integer> fusible(Program program) {
    List<Kernel> kernels = program.kernels();
    Liveness liveness = new Liveness(program, Schedule.trivial(program));
    Set<Integer> fusible = new TreeSet<>();
    for (int i = 0; i < kernels.size() - 1; i++) {
      Value between = kernels.get(i).output();
      boolean alone = liveness.uses(between) == 1 && !liveness.isAliased(between);
      if (alone && Group.follows(kernels.get(i), kernels.get(i + 1))) {
        fusible.add(i);
      }
    }
    return fusible;
  }
}
