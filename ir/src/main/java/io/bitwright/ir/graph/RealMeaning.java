package io.bitwright.ir.graph;

import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.real.RealSemantics;
import io.bitwright.ir.type.TensorType;
import java.util.Optional;

/**
 * The meaning of element-wise operators that take or give f32: inputs {@code x0}, {@code x1} where there are two, and
 * {@code channel}; codes are stored ones.
 */
public final class RealMeaning {
  private RealMeaning() {}

  /** The function of an element-wise operator; empty for every other node. */
  public static Optional<Scalar> of(Node node) {
    if (node.operands().isEmpty()) {
      return Optional.empty();
    }
    TensorType in = node.operand(0).type();
    TensorType out = node.type();
    int channels = out.shape().toNhwc().dim(3);
    if (node.op() instanceof Op.Quantize quantize && in.isFloat()) {
      return Optional.of(RealSemantics.quantize(out.stored(), Interval.codesOf(out), channels, quantize.rounding()));
    } else if (node.op() instanceof Op.Dequantize && out.isFloat()) {
      return Optional.of(RealSemantics.dequantize(in.stored(), Interval.codesOf(in), channels));
    }
    boolean reals = out.isFloat() && node.operands().stream().allMatch(o -> o.type().isFloat());
    return reals ? Optional.ofNullable(body(node.op(), out, channels)) : Optional.empty();
  }

  private static Scalar body(Op op, TensorType type, int channels) {
    if (op instanceof Op.Logistic) {
      return RealSemantics.logistic(channels);
    } else if (op instanceof Op.HardSwish) {
      return RealSemantics.hardSwish(channels);
    } else if (op instanceof Op.HardSigmoid) {
      return RealSemantics.hardSigmoid(channels);
    } else if (op instanceof Op.Swish) {
      return RealSemantics.swish(channels);
    } else if (op instanceof Op.Tanh) {
      return RealSemantics.tanh(channels);
    } else if (op instanceof Op.Relu relu) {
      Clamp clamp = relu.activation().clampFor(type);
      return RealSemantics.clamp(channels, clamp.lo(), clamp.hi());
    } else if (op instanceof Op.Clip clip) {
      return RealSemantics.clamp(channels, clip.limits().lo(), clip.limits().hi());
    }
    return op instanceof Op.Unary unary ? RealSemantics.unary(unary.function(), channels) : ofTwo(op, channels);
  }

  private static Scalar ofTwo(Op op, int channels) {
    if (op instanceof Op.Add add) {
      return RealSemantics.add(channels, add.clamp().lo(), add.clamp().hi());
    } else if (op instanceof Op.Mul mul) {
      return RealSemantics.mul(channels, mul.clamp().lo(), mul.clamp().hi());
    } else if (op instanceof Op.Elementwise elementwise) {
      return RealSemantics.binary(
          elementwise.function(), channels, elementwise.clamp().lo(), elementwise.clamp().hi());
    }
    return null;
  }
}
