package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A program, the order its kernels run in, and where every value lies.
 *
 * @param placements  by value id; empty for a value that lives in a row buffer
 * @param rowBuffers  by group; byte offset in the arena of the group's row buffer, empty for a group of one kernel
 * @param elided  moves that have nothing left to copy because their inputs were written in place; a move that fills
 *     still fills
 * @param arenaBytes  size of the arena, inputs and outputs included; a multiple of 16 is not implied
 * @param peakLiveBytes  the most bytes live at one time under this schedule: a lower bound for the arena
 */
public record MemoryPlan(Program program, Schedule schedule, List<Optional<Placement>> placements,
    List<Optional<Integer>> rowBuffers, Set<Kernel> elided, int arenaBytes, int peakLiveBytes) {
  public MemoryPlan {
    placements = List.copyOf(placements);
    rowBuffers = List.copyOf(rowBuffers);
    elided = Set.copyOf(elided);
  }

  /** Where a value lies that is not in a row buffer. */
  public Placement placement(Value value) {
    return placements.get(value.id()).orElseThrow(() -> new IllegalStateException(value + " is in a row buffer"));
  }

  /** Offset of the row buffer of a fused group. */
  public int rowBuffer(int group) {
    return rowBuffers.get(group).orElseThrow(() -> new IllegalStateException("group " + group + " has no row buffer"));
  }
}
