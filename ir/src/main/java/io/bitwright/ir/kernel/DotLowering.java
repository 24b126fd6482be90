package io.bitwright.ir.kernel;

import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.UnaryMeaning;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.scalar.real.RealSemantics;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.OptionalInt;

/** Lowers convolutions and fully connected operators to {@link Kernel.Dot}. */
final class DotLowering {
  private final Lowering lowering;
  private final Node node;

  DotLowering(Lowering lowering) {
    this.lowering = lowering;
    this.node = lowering.node();
  }

  Value convolution(Op.Conv2d op) {
    return dot(Connection.DENSE, op.groups(), op.window(), op.clamp(), op.rounding());
  }

  Value depthwise(Op.DepthwiseConv2d op) {
    int channels = lowering.valueOf(0).c();
    return dot(Connection.DEPTHWISE, channels, op.window(), op.clamp(), op.rounding());
  }

  Value fullyConnected(Op.FullyConnected op) {
    return dot(Connection.DENSE, 1, Window.POINT, op.clamp(), op.rounding());
  }

  private Value dot(Connection connection, int groups, Window window, Clamp clamp, Rounding rounding) {
    Value input = lowering.valueOf(0);
    Value output = lowering.result();
    Kernel.Header header = lowering.header(List.of(input), output);
    if (!node.operand(1).isConstant() || node.operands().size() > 2 && !node.operand(2).isConstant()) {
      throw new NotLoweredException(header.label() + ": weights and bias must be constants");
    }
    if (input.type().isFloat()) {
      return lowering.emit(new Kernel.Dot(header, connection, groups, window, node.operand(1).constant(),
          realBias(output.c()), 0, OptionalInt.empty(),
          RealSemantics.accumulatorEpilogue(output.c(), clamp.lo(), clamp.hi())));
    }
    int weightZero = node.operand(1).type().isPerTensor() ? node.operand(1).type().stored().zeroPoint() : 0;
    QuantizedDot dot = new QuantizedDot(connection, groups, window, node.operand(1).constant().stored(), weightZero,
        sourceBias(output.c()), input.type().stored().zeroPoint(), scales(input.type(), output.type()),
        output.type().stored().zeroPoint(), UnaryMeaning.storedLimits(clamp, output.type()), rounding,
        Interval.codesOf(input.type()), sums64(input.type()));
    if (output.type().element() == ElementType.I32) {
      return lowering.emit(dot.accumulators(header));
    }
    if (dot.canSaturate()) {
      lowering.warn(DiagnosticId.ACCUMULATOR_SATURATES);
    }
    return lowering.emit(dot.kernel(header));
  }

  /**
   * Input scale times weight scale over output scale. TFLite multiplies the first two in double for convolutions of
   * int8, and in float32 for uint8 and for fully connected operators with one weight scale (kernels/kernel_util.cc,
   * PopulateConvolutionQuantizationParams and GetQuantizedConvolutionMultipler).
   */
  private List<FixedPoint> scales(TensorType in, TensorType out) {
    Quantization weights = node.operand(1).type().quantization();
    if (weights instanceof Quantization.PerAxis axis) {
      return axis.scales().stream().map(s -> Semantics.productScale(in.scale(), s, out.scale())).toList();
    }
    float scale = node.operand(1).type().scale();
    boolean inFloat = in.element() == ElementType.U8 || node.op() instanceof Op.FullyConnected;
    return List.of(inFloat
        ? Semantics.productScale(in.scale() * scale, 1.0, out.scale())
        : Semantics.productScale(in.scale(), scale, out.scale()));
  }

  /** Whether TFLite sums in 64 bits: 16-bit codes, unless the bias has 32 (ConvPerChannel's AccumScalar). */
  private boolean sums64(TensorType in) {
    boolean narrowBias = node.operands().size() > 2 && node.operand(2).type().element() == ElementType.I32;
    return in.element() == ElementType.I16 && !narrowBias;
  }

  private long[] sourceBias(int channels) {
    return node.operands().size() > 2 ? node.operand(2).constant().codes() : new long[channels];
  }

  private TensorData realBias(int channels) {
    return node.operands().size() > 2 ? node.operand(2).constant() : TensorData.ofFloats(new float[channels]);
  }
}
