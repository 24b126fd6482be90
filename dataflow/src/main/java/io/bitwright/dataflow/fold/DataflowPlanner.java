package io.bitwright.dataflow.fold;

import io.bitwright.boards.Board;
import io.bitwright.boards.Fabric;
import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.cost.ResourceModel;
import io.bitwright.dataflow.cost.Resources;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the plan of a program for a budget of MAC multipliers, or for a board. Deterministic. */
public final class DataflowPlanner {
  /** No device that we know of has as many multipliers. */
  private static final int MOST_LANES = 32_768;
  /** Where neither a budget nor a device is given. */
  private static final int USUAL_LANES = 64;

  private final String name;
  private final Program program;
  private final List<Unit> units;
  private final int fewest;

  private DataflowPlanner(String name, Program program) {
    this.name = name;
    this.program = program;
    Diagnostics diagnostics = new Diagnostics();
    Chain.check(program, diagnostics);
    diagnostics.throwIfErrors();
    this.units = program.kernels().stream().map(Unit::of).toList();
    this.fewest = Allocation.fewestLanes(units);
  }

  /** Why no stage computes a kernel; empty where one does. */
  public static Optional<String> unsupported(Kernel kernel) {
    return Chain.unsupported(kernel);
  }

  /**
   * Plans for a budget of MAC multipliers on a device of any size, all of them multiplier blocks.
   *
   * @param name  a legal identifier in lower case
   * @throws DiagnosticException with every kernel that has no stage, or if the budget is impossible
   */
  public static DataflowPlan plan(String name, Program program, int lanes) {
    return new DataflowPlanner(name, program).budgeted(lanes);
  }

  /**
   * Plans for a board. Without a budget the plan is the fastest that fits; a board without programmable logic has room for
   * everything, and {@value #USUAL_LANES} lanes are taken.
   *
   * @throws DiagnosticException with every kernel that has no stage, if the budget is impossible, or if the plan does not fit the
   *     board
   */
  public static DataflowPlan plan(String name, Program program, Board board, OptionalInt lanes) {
    DataflowPlanner planner = new DataflowPlanner(name, program);
    if (board.fabric().isEmpty()) {
      return planner.budgeted(lanes.orElse(Math.max(USUAL_LANES, planner.fewest)));
    }
    Fabric fabric = board.fabric().get();
    if (lanes.isEmpty()) {
      return planner.largest(fabric).orElseThrow(() -> planner.doesNotFit(board, fabric, planner.fewest));
    }
    DataflowPlan plan = planner.fitted(fabric, lanes.getAsInt());
    if (!fits(plan, fabric)) {
      throw planner.doesNotFit(board, fabric, lanes.getAsInt());
    }
    return plan;
  }

  private DataflowPlan budgeted(int lanes) {
    if (lanes < fewest || lanes > MOST_LANES) {
      throw DiagnosticException.of(DiagnosticId.DATAFLOW_BUDGET, SourceLocation.NONE, lanes, fewest, MOST_LANES);
    }
    return Assembler.assemble(name, program, units, Allocation.within(units, lanes).foldings());
  }

  private DataflowPlan fitted(Fabric fabric, int lanes) {
    return new MultiplierChoice(fabric).apply(budgeted(lanes));
  }

  private static boolean fits(DataflowPlan plan, Fabric fabric) {
    Resources need = new ResourceModel(fabric.family()).of(plan);
    return need.luts() <= fabric.luts() && need.dspBlocks() <= fabric.dspBlocks()
        && need.blockRams() <= fabric.blockRams();
  }

  /** The plan with the most lanes that fits: more lanes need more of everything, by and large. */
  private Optional<DataflowPlan> largest(Fabric fabric) {
    int from = fewest;
    int to = Math.min(MOST_LANES, 4 * (fabric.dspBlocks() + fewest));
    if (!fits(fitted(fabric, from), fabric)) {
      return Optional.empty();
    }
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (fits(fitted(fabric, middle), fabric)) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return Optional.of(fitted(fabric, from));
  }

  private DiagnosticException doesNotFit(Board board, Fabric fabric, int lanes) {
    Resources need = new ResourceModel(fabric.family()).of(fitted(fabric, lanes));
    Diagnostics diagnostics = new Diagnostics();
    String advice = largest(fabric).map(p -> "--lanes " + p.macLanes() + " fits")
        .orElse("no folding fits, even the smallest of " + fewest + " lanes");
    report(diagnostics, need.luts(), "look-up tables", board, fabric.luts(), advice);
    report(diagnostics, need.dspBlocks(), "multiplier blocks", board, fabric.dspBlocks(), advice);
    report(diagnostics, need.blockRams(), "memory blocks", board, fabric.blockRams(), advice);
    return new DiagnosticException(diagnostics.all());
  }

  private static void report(
      Diagnostics diagnostics, long need, String what, Board board, long limit, String advice) {
    if (need > limit) {
      diagnostics.report(
          DiagnosticId.DATAFLOW_DOES_NOT_FIT, SourceLocation.NONE, need, what, board.name(), limit, advice);
    }
  }
}
