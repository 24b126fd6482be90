package io.bitwright.hls;

import io.bitwright.dataflow.DataflowPlan;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.target.Constraint;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import io.bitwright.target.Target;
import java.util.List;

/** The target {@code hls}: the accelerator as C++ for high-level synthesis. */
public final class HlsTarget implements Target {
  @Override
  public String name() {
    return "hls";
  }

  @Override
  public List<Constraint> constraints() {
    return List.of(new Constraint(k -> DataflowPlanner.unsupported(k).isEmpty(),
        "tensors are int8 or uint8 of one image; data moves only to pad rows and columns; functions have one operand;"
            + " no logarithm of softmax"));
  }

  @Override
  public boolean requiresIntegers() {
    return true;
  }

  @Override
  public OutputTree emit(EmitRequest request) {
    return new Emission(request, plan(request)).tree();
  }

  /** The plan that {@link #emit} renders. */
  public static DataflowPlan plan(EmitRequest request) {
    return DataflowPlanner.plan(
        TopName.of(request.name()), request.plan().program(), request.board(), request.hardware().lanes());
  }
}
