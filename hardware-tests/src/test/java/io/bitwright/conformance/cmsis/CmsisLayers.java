package io.bitwright.conformance.cmsis;

import io.bitwright.conformance.ProgramBuilder;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.Kernel.Reduction;
import io.bitwright.ir.kernel.QuantizedDot;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.scalar.function.ElementwiseSemantics;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.Shape;
import java.util.List;
import java.util.OptionalInt;

/**
 * Appends the layers that CMSIS-NN's vectors describe to a program, from multipliers, shifts and offsets. An input or
 * filter offset is minus the zero point. The vectors give the padding above and to the left; what is needed below and
 * to the right follows from the output's size.
 */
final class CmsisLayers {
  private final ProgramBuilder program;
  private final Rounding rounding;

  CmsisLayers(ProgramBuilder program, Rounding rounding) {
    this.program = program;
    this.rounding = rounding;
  }

  /** A convolution; grouped where the filter has fewer channels than the input. */
  Value convolution(CmsisVector v, Value input) {
    int filterChannels = v.param("FILTER_CH", input.c());
    return dot("conv2d", v, input, Connection.DENSE, input.c() / filterChannels);
  }

  Value depthwise(CmsisVector v, Value input) {
    return dot("depthwise_conv2d", v, input, Connection.DEPTHWISE, input.c());
  }

  private Value dot(String label, CmsisVector v, Value input, Connection connection, int groups) {
    Shape out = Shape.of(input.n(), v.param("OUTPUT_H"), v.param("OUTPUT_W"), v.param("OUT_CH"));
    Window filter = new Window(v.param("FILTER_Y"), v.param("FILTER_X"), v.param("STRIDE_Y"), v.param("STRIDE_X"),
        v.param("DILATION_Y"), v.param("DILATION_X"), Padding.NONE);
    Window window = padded(filter, input, out, v.param("PAD_Y"), v.param("PAD_X"));
    QuantizedDot dot = new QuantizedDot(connection, groups, window, v.weights(), 0, v.biases(out.dim(3)),
        -v.param("INPUT_OFFSET"), v.scales("output_mult", "output_shift"), v.param("OUTPUT_OFFSET"),
        v.limits("OUT_ACTIVATION_MIN", "OUT_ACTIVATION_MAX"), rounding);
    return program.append(label, List.of(input), out, dot::kernel);
  }

  /** The channel counts come from the arrays: ds_cnn_s has IN_CH and OUT_CH the wrong way round. */
  Value fullyConnected(CmsisVector v, Value input) {
    int outputs = v.weights().elements() / input.c();
    List<FixedPoint> scales = v.flag("PER_CHANNEL_QUANT") ? v.scales("output_multiplier", "output_shift")
        : List.of(v.scale("OUTPUT_MULTIPLIER", "OUTPUT_SHIFT"));
    QuantizedDot dot = new QuantizedDot(Connection.DENSE, 1, Window.POINT, v.weights(),
        -v.param("FILTER_OFFSET", 0), v.biases(outputs), -v.param("INPUT_OFFSET"), scales,
        v.param("OUTPUT_OFFSET"), v.limits("OUT_ACTIVATION_MIN", "OUT_ACTIVATION_MAX"), rounding);
    return program.append("fully_connected", List.of(input), Shape.of(input.n(), 1, 1, outputs), dot::kernel);
  }

  /** Average or maximum; {@code window} without padding. */
  Value pool(Reduction reduction, Window window, int top, int left, Interval limits, Value input, Shape out) {
    Window padded = padded(window, input, out, top, left);
    Interval taps = Interval.of(1, window.taps());
    Scalar epilogue = reduction == Reduction.MAX ? Semantics.maximumEpilogue(Interval.INT8, out.dim(3), taps, limits)
        : Semantics.averageEpilogue(Interval.INT8.times(taps), out.dim(3), taps, 0, limits);
    return program.append(reduction == Reduction.MAX ? "max_pool2d" : "average_pool2d", List.of(input), out,
        header -> new Kernel.Reduce(header, reduction, padded, epilogue));
  }

  Value mul(CmsisVector v, Value a, Value b) {
    Scalar body = Semantics.mul(-v.param("INPUT1_OFFSET"), -v.param("INPUT2_OFFSET"),
        v.scale("OUTPUT_MULT", "OUTPUT_SHIFT"), v.param("OUTPUT_OFFSET"), Interval.INT8, a.c(),
        v.limits("OUT_ACTIVATION_MIN", "OUT_ACTIVATION_MAX"), rounding);
    return program.append("mul", List.of(a, b), a.shape(),
        header -> new Kernel.Map(header, List.of(Kernel.Operand.of(a), Kernel.Operand.of(b)), body));
  }

  /** A function of codes that all mean the same. */
  Value elementwise(BinaryFunction function, Value a, Value b, Shape out) {
    PerTensor meaning = new PerTensor(1, -128);
    Scalar body = ElementwiseSemantics.of(
        function, meaning, meaning, meaning, Interval.INT8, out.dim(3), Interval.INT8, rounding);
    return program.append(function.text(), List.of(a, b), out,
        header -> new Kernel.Map(header, List.of(Kernel.Operand.of(a), Kernel.Operand.of(b)), body));
  }

  Value pad(Value input, List<Integer> before, Shape out, int fill) {
    Kernel.Piece piece = new Kernel.Piece(0, List.of(0, 0, 0, 0), before, input.shape().dims());
    return program.append("pad", List.of(input), out,
        header -> new Kernel.Move(header, List.of(piece), OptionalInt.of(fill)));
  }

  Value softmax(FixedPoint scale, Value input) {
    Semantics.Softmax s = Semantics.softmax(scale, input.c());
    return program.append("softmax", List.of(input), input.shape(),
        header -> new Kernel.RowSoftmax(header, s.exponential(), s.term(), s.reciprocal(), s.scale()));
  }

  private static Window padded(Window window, Value input, Shape out, int top, int left) {
    int bottom = (out.dim(1) - 1) * window.strideH() + window.extentH() - input.h() - top;
    int right = (out.dim(2) - 1) * window.strideW() + window.extentW() - input.w() - left;
    return window.withPadding(new Padding(top, Math.max(0, bottom), left, Math.max(0, right)));
  }
}
