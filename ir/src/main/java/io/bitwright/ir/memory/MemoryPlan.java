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
 * @param placements  by value id; empty for a value that lives in a ring
 * @param rings  by value id; present for a value between the kernels of a group
 * @param elided  moves that have nothing left to copy because their inputs were written in place; a move that fills
 *     still fills
 * @param arenaBytes  size of the arena, inputs and outputs included; a multiple of 16 is not implied
 * @param peakLiveBytes  the most bytes live at one time under this schedule: a lower bound for the arena
 */
public record MemoryPlan(Program program, Schedule schedule, List<Optional<Placement>> placements,
    List<Optional<Ring>> rings, Set<Kernel> elided, int arenaBytes, int peakLiveBytes) {
  public MemoryPlan {
    placements = List.copyOf(placements);
    rings = List.copyOf(rings);
    elided = Set.copyOf(elided);
  }

  /** Where a value lies that is not in a ring. */
  public Placement placement(Value value) {
    return placements.get(value.id()).orElseThrow(() -> new IllegalStateException(value + " is in a ring"));
  }

  /** The ring that a value's rows live in; empty for a value that exists as a whole. */
  public Optional<Ring> ring(Value value) {
    return rings.get(value.id());
  }
}
