package io.bitwright.dataflow.fold;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Program;
import java.util.List;
import java.util.Optional;

/** Makes the plan of a program for a budget. Deterministic. */
public final class DataflowPlanner {
  /** No device that we know of has as many multipliers. */
  private static final int MOST_LANES = 32_768;

  private DataflowPlanner() {}

  /** Why no stage computes a kernel; empty where one does. */
  public static Optional<String> unsupported(Kernel kernel) {
    return Chain.unsupported(kernel);
  }

  /**
   * Plans for a budget of MAC multipliers.
   *
   * @param name  a legal identifier in lower case
   * @throws DiagnosticException with every kernel that has no stage, or if the budget is impossible
   */
  public static DataflowPlan plan(String name, Program program, int lanes) {
    Diagnostics diagnostics = new Diagnostics();
    Chain.check(program, diagnostics);
    diagnostics.throwIfErrors();
    List<Unit> units = program.kernels().stream().map(Unit::of).toList();
    int fewest = Allocation.fewestLanes(units);
    if (lanes < fewest || lanes > MOST_LANES) {
      throw DiagnosticException.of(DiagnosticId.DATAFLOW_BUDGET, SourceLocation.NONE, lanes, fewest, MOST_LANES);
    }
    return Assembler.assemble(name, program, units, Allocation.within(units, lanes).foldings());
  }
}
