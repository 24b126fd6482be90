package io.bitwright.ir.kernel;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.kernel.Kernel.Operand;
import io.bitwright.ir.kernel.Kernel.Reduction;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.scalar.real.RealSemantics;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/**
 * Lowers the index of the largest element: the maximum of the row, then for each element that equals it its index, then
 * the maximum of those. The first of equal elements is found as the largest negated index. Indices are f32 in between,
 * exact up to 2^24.
 */
final class ArgMaxLowering {
  private static final int LONGEST_ROW = 1 << 24;

  private final Lowering lowering;
  private final Node node;

  ArgMaxLowering(Lowering lowering) {
    this.lowering = lowering;
    this.node = lowering.node();
  }

  Value argMax(Op.ArgMax op) {
    Value input = lowering.valueOf(0);
    int length = node.operand(0).type().shape().dim(-1);
    int rows = node.operand(0).type().shape().elements() / length;
    if (length > LONGEST_ROW) {
      throw new NotLoweredException("arg_max over " + length + " elements (at most " + LONGEST_ROW + ")");
    }
    boolean real = input.type().isFloat();
    Interval taps = Interval.point(length);
    Value largest = lowering.intermediate(Shape.of(1, rows, 1, 1), input.type());
    reduce(lowering.reshaped(input, Shape.of(1, rows, length, 1)), largest, real
        ? RealSemantics.maximumEpilogue(1, taps, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
        : Semantics.maximumEpilogue(Interval.INT8, 1, taps, Interval.INT8));
    Value whole = lowering.reshaped(input, Shape.of(1, rows, 1, length));
    Value candidates = lowering.intermediate(whole.shape(), TensorType.f32(whole.shape()));
    lowering.emit(new Kernel.Map(lowering.header(List.of(whole, largest), candidates),
        List.of(Operand.of(whole), Operand.of(largest)), RealSemantics.indexWhereEqual(real, length, op.last())));
    Value output = lowering.result(Shape.of(1, rows, 1, 1));
    reduce(lowering.reshaped(candidates, Shape.of(1, rows, length, 1)), output,
        RealSemantics.indexEpilogue(length, op.last()));
    return lowering.reshaped(output, node.type().shape().toNhwc());
  }

  private void reduce(Value input, Value output, Scalar epilogue) {
    Window window = Window.of(1, input.w(), 1, Padding.NONE);
    lowering.emit(
        new Kernel.Reduce(lowering.header(List.of(input), output), Reduction.MAX, window, epilogue));
  }
}
