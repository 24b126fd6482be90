package io.bitwright.hls;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.target.EmitRequest;

/** Chooses the plan for a request: with the lanes asked for, else a usual number or, where that is too few, the fewest. */
final class AcceleratorPlan {
  private static final int USUAL_LANES = 64;

  private AcceleratorPlan() {}

  static DataflowPlan of(EmitRequest request) {
    if (request.hardware().lanes().isPresent()) {
      return with(request, request.hardware().lanes().getAsInt());
    }
    try {
      return with(request, USUAL_LANES);
    } catch (DiagnosticException e) {
      Diagnostic first = e.diagnostics().get(0);
      if (first.id() != DiagnosticId.DATAFLOW_BUDGET) {
        throw e;
      }
      return with(request, Integer.parseInt(first.arguments().get(1)));
    }
  }

  private static DataflowPlan with(EmitRequest request, int lanes) {
    return DataflowPlanner.plan(request.name(), request.plan().program(), lanes);
  }
}
