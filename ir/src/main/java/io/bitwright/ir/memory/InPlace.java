package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Value;
import java.util.List;

/**
 * Which operands a kernel may overwrite with its output. Legal where each output element depends on the operand's
 * elements at the same position only (element-wise kernels), or is written after the whole pixel was read (softmax):
 * whatever the blocking, nothing is read after it was written.
 */
final class InPlace implements Kernel.Visitor<List<Value>> {
  private InPlace() {}

  /** Operands of the output's storage and shape that may be overwritten, the first choice first. */
  static List<Value> candidates(Kernel kernel) {
    Value output = kernel.output();
    return kernel.accept(new InPlace()).stream()
        .filter(v -> v.storage() == output.storage() && v.shape().equals(output.shape()))
        .toList();
  }

  @Override
  public List<Value> visit(Kernel.Dot kernel) {
    return List.of();
  }

  @Override
  public List<Value> visit(Kernel.Reduce kernel) {
    return List.of();
  }

  @Override
  public List<Value> visit(Kernel.Map kernel) {
    return kernel.inputs();
  }

  @Override
  public List<Value> visit(Kernel.Table kernel) {
    return kernel.inputs();
  }

  @Override
  public List<Value> visit(Kernel.RowSoftmax kernel) {
    return kernel.inputs();
  }

  @Override
  public List<Value> visit(Kernel.Move kernel) {
    return List.of();
  }
}
