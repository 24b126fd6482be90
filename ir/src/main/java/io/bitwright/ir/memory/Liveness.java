package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import java.util.Arrays;
import java.util.List;

/** First and last step at which each value that owns memory is needed; aliases count for what they are aliases of. */
final class Liveness {
  private final int[] first;
  private final int[] last;
  private final int[] uses;
  private final boolean[] aliased;

  Liveness(Program program, Schedule schedule) {
    int n = program.values().size();
    first = new int[n];
    last = new int[n];
    uses = new int[n];
    aliased = new boolean[n];
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    program.values().stream().filter(v -> v.aliasOf().isPresent()).forEach(v -> aliased[v.root().id()] = true);
    program.inputs().forEach(v -> touch(v, 0));
    List<Schedule.Group> groups = schedule.groups();
    for (int g = 0; g < groups.size(); g++) {
      for (Kernel kernel : groups.get(g).kernels()) {
        touch(kernel.output(), g + 1);
        for (Value input : kernel.inputs()) {
          touch(input, g + 1);
          uses[input.root().id()]++;
        }
      }
    }
    program.outputs().forEach(v -> {
      touch(v, groups.size() + 1);
      uses[v.root().id()]++;
    });
  }

  private void touch(Value value, int step) {
    int id = value.root().id();
    first[id] = Math.min(first[id], step);
    last[id] = Math.max(last[id], step);
  }

  int first(Value value) {
    return first[value.root().id()];
  }

  int last(Value value) {
    return last[value.root().id()];
  }

  /** Kernel operands and network outputs that read the value. */
  int uses(Value value) {
    return uses[value.root().id()];
  }

  /** Whether another value is an alias of this one. */
  boolean isAliased(Value value) {
    return aliased[value.id()];
  }
}
