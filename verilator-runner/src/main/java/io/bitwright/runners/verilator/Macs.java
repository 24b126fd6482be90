package io.bitwright.runners.verilator;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.Stage;
import io.bitwright.ir.kernel.Kernel;

/** Multiply-accumulates a frame, padding taps included, as for a network's layers. */
final class Macs {
  private Macs() {}

  static long of(DataflowPlan plan) {
    return plan.stages().stream().mapToLong(Macs::of).sum();
  }

  private static long of(Stage stage) {
    if (stage instanceof Stage.Dense dense) {
      return of(dense.kernel());
    }
    return stage instanceof Stage.Depthwise depthwise ? of(depthwise.kernel()) : 0;
  }

  private static long of(Kernel.Dot kernel) {
    return (long) kernel.output().sizeBytes() * kernel.reductionLength();
  }
}
