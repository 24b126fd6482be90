package io.bitwright.rtl;

import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.kernel.Value;
import io.bitwright.target.Constraint;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import io.bitwright.target.Target;
import java.util.List;
import java.util.stream.Stream;

/** The target {@code rtl}: SystemVerilog of a streaming accelerator. */
public final class RtlTarget implements Target {
  private static final List<Constraint> CONSTRAINTS = List.of(
      new Constraint(RtlTarget::isInteger, "must compute on int8 or uint8 tensors"),
      new Constraint(RtlTarget::isOneImage, "must compute on one image, a batch of 1"),
      new Constraint(k -> !isInteger(k) || !isOneImage(k) || DataflowPlanner.unsupported(k).isEmpty(),
          "must have one operand, must be no logarithm of softmax and, where it moves data, must pad rows and columns only"));

  @Override
  public String name() {
    return "rtl";
  }

  @Override
  public List<Constraint> constraints() {
    return CONSTRAINTS;
  }

  @Override
  public boolean requiresIntegers() {
    return true;
  }

  @Override
  public OutputTree emit(EmitRequest request) {
    return new Emission(request).tree();
  }

  private static boolean isInteger(Kernel kernel) {
    return tensors(kernel).allMatch(v -> v.storage() == Storage.I8);
  }

  private static boolean isOneImage(Kernel kernel) {
    return tensors(kernel).allMatch(v -> v.n() == 1);
  }

  private static Stream<Value> tensors(Kernel kernel) {
    return Stream.concat(kernel.inputs().stream(), Stream.of(kernel.output()));
  }
}
