package io.bitwright.ir.kernel;

import io.bitwright.ir.kernel.Kernel.Operand;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.function.BilinearAxis;
import io.bitwright.ir.scalar.function.BilinearSemantics;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lowers bilinear resizing: the four neighbours of each element gathered, then weighted in one step, rounded once. */
final class ResizeLowering {
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;

  private final Lowering lowering;
  private final TensorType type;

  ResizeLowering(Lowering lowering) {
    this.lowering = lowering;
    this.type = lowering.node().type();
  }

  Value bilinear(Op.ResizeBilinear op) {
    Value input = lowering.valueOf(0);
    BilinearAxis rows = axis(op, input.h(), type.shape().dim(HEIGHT));
    BilinearAxis columns = axis(op, input.w(), type.shape().dim(WIDTH));
    Value above = gathered(input, HEIGHT, rows.lower());
    Value below = rows.upper().equals(rows.lower()) ? above : gathered(input, HEIGHT, rows.upper());
    List<Value> lower = between(above, below, columns.lower());
    List<Value> upper = columns.upper().equals(columns.lower()) ? lower : between(above, below, columns.upper());
    List<Operand> operands = List.of(Operand.of(lower.get(0)), Operand.of(lower.get(1)), Operand.of(upper.get(0)),
        Operand.of(upper.get(1)),
        Operand.of(rows.fractions(), Shape.of(1, type.shape().dim(HEIGHT), 1, 1)),
        Operand.of(columns.fractions(), Shape.of(1, 1, type.shape().dim(WIDTH), 1)));
    List<Value> inputs = List.of(lower.get(0), lower.get(1), upper.get(0), upper.get(1));
    return lowering.emit(new Kernel.Map(lowering.header(inputs, lowering.result()), operands, body(rows, columns)));
  }

  private BilinearAxis axis(Op.ResizeBilinear op, int from, int to) {
    return type.element() == ElementType.I8 || type.element() == ElementType.I16
        ? BilinearAxis.ofIntegers(from, to, op.alignCorners(), op.halfPixelCenters())
        : BilinearAxis.ofReals(from, to, op.alignCorners(), op.halfPixelCenters());
  }

  private Scalar body(BilinearAxis rows, BilinearAxis columns) {
    int channels = type.shape().dim(-1);
    return switch (type.element()) {
      case I8, I16 -> BilinearSemantics.ofCodes(Interval.codesOf(type), channels, rows.interval(), columns.interval());
      case U8 -> BilinearSemantics.ofUnsignedCodes(channels);
      case F32 -> BilinearSemantics.ofReals(channels);
      default -> throw new NotLoweredException("no kernel for " + type.element().text());
    };
  }

  /** Columns of the row above and of the row below. */
  private List<Value> between(Value above, Value below, List<Integer> columns) {
    Value first = gathered(above, WIDTH, columns);
    return List.of(first, above == below ? first : gathered(below, WIDTH, columns));
  }

  private Value gathered(Value from, int axis, List<Integer> indices) {
    int size = from.shape().dim(axis);
    if (indices.size() == size && indices.equals(IntStream.range(0, size).boxed().toList())) {
      return from;
    }
    List<Integer> dims = new ArrayList<>(from.shape().dims());
    dims.set(axis, indices.size());
    Value output = lowering.intermediate(new Shape(dims), from.type());
    return lowering.emit(MoveLowering.gather(lowering, from, output, axis, indices));
  }
}
