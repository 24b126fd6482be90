package io.bitwright.ir.kernel;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.UnaryMeaning;
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

/** Lowers pooling and means to {@link Kernel.Reduce}. */
final class ReduceLowering {
  private final Lowering lowering;
  private final Node node;

  ReduceLowering(Lowering lowering) {
    this.lowering = lowering;
    this.node = lowering.node();
  }

  Value average(Op.AveragePool2d op) {
    Value input = lowering.valueOf(0);
    Value output = lowering.result();
    Interval taps = taps(op.window(), input, output);
    TensorType type = output.type();
    Scalar epilogue = op.divisor() == Op.Divisor.INSIDE ? average(op, type, taps, output.c())
        : averageOverWindow(op, type, taps, output.c());
    return emit(Reduction.SUM, op.window(), input, output, epilogue);
  }

  private static Scalar average(Op.AveragePool2d op, TensorType type, Interval taps, int channels) {
    return type.isFloat()
        ? RealSemantics.averageEpilogue(channels, taps, op.clamp().lo(), op.clamp().hi())
        : Semantics.averageEpilogue(Interval.codesOf(type).times(Interval.of(0, taps.hi())), channels, taps,
            type.storedOffset(), UnaryMeaning.storedLimits(op.clamp(), type));
  }

  private static Scalar averageOverWindow(Op.AveragePool2d op, TensorType type, Interval taps, int channels) {
    int count = op.window().taps();
    return type.isFloat()
        ? RealSemantics.windowAverageEpilogue(channels, taps, count, op.clamp().lo(), op.clamp().hi())
        : Semantics.windowAverageEpilogue(
            Interval.codesOf(type).times(Interval.of(0, taps.hi())), channels, taps, count,
            type.stored().zeroPoint(), type.storedOffset(), UnaryMeaning.storedLimits(op.clamp(), type));
  }

  Value maximum(Op.MaxPool2d op) {
    Value input = lowering.valueOf(0);
    Value output = lowering.result();
    Interval taps = taps(op.window(), input, output);
    TensorType type = output.type();
    Scalar epilogue = type.isFloat()
        ? RealSemantics.maximumEpilogue(output.c(), taps, op.clamp().lo(), op.clamp().hi())
        : Semantics.maximumEpilogue(
            Interval.codesOf(type), output.c(), taps, UnaryMeaning.storedLimits(op.clamp(), type));
    return emit(Reduction.MAX, op.window(), input, output, epilogue);
  }

  /** A mean over neighbouring dimensions is a pooling of the tensor seen as [1, outer, reduced, inner]. */
  Value mean(Op.Mean op) {
    Value source = lowering.valueOf(0);
    Shape shape = node.operand(0).type().shape();
    List<Integer> axes = op.axes();
    boolean neighbours = !axes.isEmpty() && axes.get(axes.size() - 1) - axes.get(0) == axes.size() - 1;
    if (!neighbours) {
      throw new NotLoweredException("mean over dimensions " + axes + ": they must be neighbours");
    }
    boolean image = shape.rank() == 4 && axes.equals(List.of(1, 2));
    int first = axes.get(0);
    int last = axes.get(axes.size() - 1);
    int outer = product(shape, 0, first);
    int count = product(shape, first, last + 1);
    int inner = product(shape, last + 1, shape.rank());
    Value input = image ? source : lowering.reshaped(source, Shape.of(1, outer, count, inner));
    Shape pooled = image ? Shape.of(shape.dim(0), 1, 1, inner) : Shape.of(1, outer, 1, inner);
    Value output = pooled.equals(node.type().shape().toNhwc()) ? lowering.result() : lowering.result(pooled);
    Window window = image
        ? Window.of(shape.dim(1), shape.dim(2), 1, Padding.NONE)
        : Window.of(1, count, 1, Padding.NONE);
    emit(Reduction.SUM, window, input, output, meanEpilogue(op, source.type(), output, count));
    return lowering.reshaped(output, node.type().shape().toNhwc());
  }

  private Scalar meanEpilogue(Op.Mean op, TensorType in, Value output, int count) {
    if (in.isFloat()) {
      return RealSemantics.averageEpilogue(output.c(), Interval.point(count), Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY);
    }
    Interval acc = Interval.codesOf(in).times(Interval.point(count));
    return Semantics.meanEpilogue(acc, output.c(), count, in.stored(), output.type().stored(),
        Interval.codesOf(output.type()), op.rounding());
  }

  private Value emit(Reduction reduction, Window window, Value input, Value output, Scalar epilogue) {
    return lowering.emit(
        new Kernel.Reduce(lowering.header(List.of(input), output), reduction, window, epilogue));
  }

  /** Fewest and most taps inside the image. */
  private static Interval taps(Window window, Value input, Value output) {
    Padding pad = window.padding();
    Interval rows = inside(output.h(), window.strideH(), window.kernelH(), window.dilationH(), pad.top(), input.h());
    Interval columns = inside(output.w(), window.strideW(), window.kernelW(), window.dilationW(), pad.left(), input.w());
    Interval taps = rows.times(columns);
    if (taps.lo() < 1) {
      throw new NotLoweredException("a pooling window lies wholly in the padding");
    }
    return taps;
  }

  private static Interval inside(int outputs, int stride, int kernel, int dilation, int before, int size) {
    int fewest = kernel;
    int most = 0;
    for (int o = 0; o < outputs; o++) {
      int count = 0;
      for (int k = 0; k < kernel; k++) {
        int at = o * stride - before + k * dilation;
        count += at >= 0 && at < size ? 1 : 0;
      }
      fewest = Math.min(fewest, count);
      most = Math.max(most, count);
    }
    return Interval.of(fewest, most);
  }

  private static int product(Shape shape, int from, int to) {
    return shape.dims().subList(from, to).stream().reduce(1, Math::multiplyExact);
  }
}
