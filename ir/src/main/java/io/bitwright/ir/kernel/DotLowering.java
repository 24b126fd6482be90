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
import io.bitwright.ir.scalar.RealSemantics;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
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
    StoredWeights weights = StoredWeights.of(node.operand(1));
    int inputZero = input.type().stored().zeroPoint();
    AccumulatorBounds bounds = AccumulatorBounds.of(connection, output.c(), weights, sourceBias(output.c()), inputZero);
    if (!bounds.exact().within(Interval.INT32)) {
      lowering.warn(DiagnosticId.ACCUMULATOR_SATURATES);
    }
    Scalar epilogue = Semantics.accumulatorEpilogue(bounds.machine(), scales(input.type(), output.type()), output.c(),
        output.type().stored().zeroPoint(), UnaryMeaning.storedLimits(clamp, output.type()), rounding);
    OptionalInt weightZero = weights.zeroPoint() == 0 ? OptionalInt.empty() : OptionalInt.of(weights.zeroPoint());
    return lowering.emit(new Kernel.Dot(header, connection, groups, window, weights.data(),
        TensorData.ofInts(bounds.bias()), inputZero, weightZero, epilogue));
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

  private long[] sourceBias(int channels) {
    return node.operands().size() > 2 ? node.operand(2).constant().codes() : new long[channels];
  }

  private TensorData realBias(int channels) {
    return node.operands().size() > 2 ? node.operand(2).constant() : TensorData.ofFloats(new float[channels]);
  }

  /** Weights as the kernel reads them: signed, with what is left of their zero point. */
  record StoredWeights(TensorData data, int zeroPoint) {
    static StoredWeights of(Node weights) {
      TensorType type = weights.type();
      int zero = type.isPerTensor() ? type.stored().zeroPoint() : 0;
      if (type.element() == ElementType.I8) {
        return new StoredWeights(weights.constant(), zero);
      }
      byte[] raw = weights.constant().toRaw();
      for (int i = 0; i < raw.length; i++) {
        raw[i] ^= (byte) 0x80;
      }
      return new StoredWeights(TensorData.ofBytes(raw), zero);
    }
  }

  /**
   * What an accumulator can become.
   *
   * @param bias  with the input's zero point taken in
   * @param exact  all final accumulators
   * @param machine  the same, or wider where a partial sum could leave 32 bits
   */
  record AccumulatorBounds(int[] bias, Interval exact, Interval machine) {
    static AccumulatorBounds of(
        Connection connection, int channels, StoredWeights weights, long[] sourceBias, int inputZero) {
      int[] bias = new int[channels];
      List<Interval> finals = new ArrayList<>();
      long partial = 0;
      byte[] w = weights.data().toRaw();
      int length = w.length / channels;
      for (int o = 0; o < channels; o++) {
        long sum = 0;
        long lo = 0;
        long hi = 0;
        long magnitude = 0;
        for (int i = 0; i < length; i++) {
          int code = connection == Connection.DEPTHWISE ? w[i * channels + o] : w[o * length + i];
          int centred = code - weights.zeroPoint();
          sum += centred;
          lo += Math.min(centred * -128, centred * 127);
          hi += Math.max(centred * -128, centred * 127);
          magnitude += (Math.abs(code) + Math.abs(weights.zeroPoint())) * 128;
        }
        bias[o] = toInt(sourceBias[o] - inputZero * sum);
        finals.add(Interval.of(bias[o] + lo, bias[o] + hi));
        partial = Math.max(partial, Math.abs((long) bias[o]) + magnitude);
      }
      Interval exact = finals.stream().reduce(Interval::union).orElseThrow();
      boolean fits = partial <= Integer.MAX_VALUE;
      return new AccumulatorBounds(bias, exact, fits ? exact : exact.union(Interval.of(-partial, partial)));
    }

    private static int toInt(long bias) {
      if (bias != (int) bias) {
        throw new NotLoweredException("bias " + bias + " with the input's zero point exceeds 32 bits");
      }
      return (int) bias;
    }
  }
}
