package io.bitwright.ir.graph;

import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarEvaluator;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.scalar.function.ElementwiseSemantics;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.TensorType;
import java.util.Optional;

/**
 * The meaning of functions of two quantised tensors of one element type (a slope may have 8 bits beside 16): inputs
 * {@code x0}, {@code x1} and {@code channel}, stored codes.
 */
public final class BinaryMeaning {
  private BinaryMeaning() {}

  /**
   * Empty for every node but the functions of two tensors of codes.
   *
   * @throws IllegalArgumentException if the scales are outside of what the function can do
   */
  public static Optional<Scalar> of(Node node) {
    if (!isBinary(node.op()) || !isCode(node.type(), node) || !isCode(node.operand(0).type(), node)
        || !isCode(node.operand(1).type(), node) && !isNarrowSlope(node)) {
      return Optional.empty();
    }
    TensorType out = node.type();
    PerTensor a = node.operand(0).type().stored();
    PerTensor b = node.operand(1).type().stored();
    Interval codes = Interval.codesOf(out);
    int channels = out.shape().toNhwc().dim(3);
    if (node.op() instanceof Op.Add op) {
      Interval limits = UnaryMeaning.storedLimits(op.clamp(), out);
      return Optional.of(Semantics.add(a, b, out.stored(), codes, channels, limits, op.rounding()));
    } else if (node.op() instanceof Op.Mul op) {
      Interval limits = UnaryMeaning.storedLimits(op.clamp(), out);
      return Optional.of(Semantics.mul(a, b, out.stored(), codes, channels, limits, op.rounding()));
    }
    Op.Elementwise op = (Op.Elementwise) node.op();
    Interval limits = UnaryMeaning.storedLimits(op.clamp(), out);
    return Optional.of(
        ElementwiseSemantics.of(op.function(), a, b, out.stored(), codes, Interval.codesOf(node.operand(1).type()),
            channels, limits, op.rounding()));
  }

  /** Whether operand 1 is a slope of 8 bits for activations of 16. */
  static boolean isNarrowSlope(Node node) {
    TensorType slope = node.operand(1).type();
    return node.op() instanceof Op.Elementwise op && op.function() == BinaryFunction.PRELU
        && node.type().element() == ElementType.I16 && slope.element() == ElementType.I8 && slope.isPerTensor();
  }

  private static boolean isBinary(Op op) {
    return op instanceof Op.Add || op instanceof Op.Mul || op instanceof Op.Elementwise;
  }

  private static boolean isCode(TensorType type, Node node) {
    return type.isPerTensor() && type.element() == node.type().element();
  }

  /** The results for pairs of stored codes. */
  public static long[] evaluate(Scalar meaning, long[] x0, long[] x1) {
    ScalarEvaluator evaluator = new ScalarEvaluator(meaning, x0.length);
    System.arraycopy(x0, 0, evaluator.ints(0), 0, x0.length);
    System.arraycopy(x1, 0, evaluator.ints(1), 0, x1.length);
    evaluator.run(x0.length);
    return evaluator.intResult(0).clone();
  }
}
