package io.bitwright.ir.graph;

import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarEvaluator;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.TensorType;
import java.util.Optional;

/** The meaning of sums and products of 8-bit codes: inputs {@code x0}, {@code x1} and {@code channel}, stored codes. */
public final class BinaryMeaning {
  private BinaryMeaning() {}

  /** Empty for every node but sums and products of quantised 8-bit tensors. */
  public static Optional<Scalar> of(Node node) {
    TensorType out = node.type();
    boolean binary = node.op() instanceof Op.Add || node.op() instanceof Op.Mul;
    if (!binary || !isCode(out) || !node.operands().stream().allMatch(o -> isCode(o.type()))) {
      return Optional.empty();
    }
    TensorType a = node.operand(0).type();
    TensorType b = node.operand(1).type();
    int channels = out.shape().toNhwc().dim(3);
    if (node.op() instanceof Op.Add add) {
      Interval limits = UnaryMeaning.storedLimits(add.clamp(), out);
      return Optional.of(Semantics.add(a.stored(), b.stored(), out.stored(), channels, limits, add.rounding()));
    }
    Op.Mul mul = (Op.Mul) node.op();
    Interval limits = UnaryMeaning.storedLimits(mul.clamp(), out);
    return Optional.of(Semantics.mul(a.stored(), b.stored(), out.stored(), channels, limits, mul.rounding()));
  }

  private static boolean isCode(TensorType type) {
    return type.isPerTensor() && type.element().is8Bit();
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
