package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.RowOrder;
import io.bitwright.ir.kernel.RowWindow;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which values a group may overwrite with its output. Legal for the last kernel's own operands where each output
 * element depends on the operand's elements at the same position only (element-wise kernels), or is written after the
 * whole pixel was read (softmax): whatever the blocking, nothing is read after it was written. Legal for operands of the
 * kernels before where the rows of a group come in such an order that bytes were read for the last time when they are
 * overwritten.
 */
final class InPlace implements Kernel.Visitor<List<Value>> {
  private InPlace() {}

  /** Values as large as the output that may be overwritten, the first choice first. */
  static List<Value> candidates(Schedule.Group group) {
    Value output = group.last().output();
    List<Value> own = group.last().accept(new InPlace());
    return group.reads().stream()
        .distinct()
        .filter(v -> v.storage() == output.storage() && v.n() == output.n() && v.sizeBytes() == output.sizeBytes())
        .filter(v -> !group.last().inputs().contains(v) || own.contains(v) && v.shape().equals(output.shape()))
        .filter(v -> group.reads().stream().allMatch(other -> other == v || other.root() != v.root()))
        .filter(v -> isReadBeforeWritten(group, v))
        .toList();
  }

  /** Whether the kernels before the last have read the elements of a value that the last one overwrites. */
  private static boolean isReadBeforeWritten(Schedule.Group group, Value value) {
    List<Kernel> before = group.kernels().subList(0, group.kernels().size() - 1);
    if (before.stream().anyMatch(k -> k.inputs().contains(value) && RowWindow.of(k, value).isEmpty())) {
      return false;
    }
    List<Optional<RowWindow>> windows = before.stream().map(k -> RowWindow.of(k, value)).toList();
    int[] written = {0};
    boolean[] late = {false};
    RowOrder.forEach(group, (kernel, y) -> {
      if (kernel == before.size()) {
        written[0] = (y + 1) * rowElements(group.last().output());
      } else if (windows.get(kernel).isPresent()) {
        RowWindow window = windows.get(kernel).get();
        int first = Math.max(0, window.first(y));
        late[0] |= first <= window.last(y, value.h()) && first * rowElements(value) < written[0];
      }
    });
    return !late[0];
  }

  private static int rowElements(Value value) {
    return value.w() * value.c();
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
