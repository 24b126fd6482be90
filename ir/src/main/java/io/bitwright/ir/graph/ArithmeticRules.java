package io.bitwright.ir.graph;

import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The verifier's rules of sums, products and other functions of each element, for one node. */
final class ArithmeticRules {
  private final Node node;
  private final NodeChecks checks;

  ArithmeticRules(Node node, NodeChecks checks) {
    this.node = node;
    this.checks = checks;
  }

  private TensorType x() {
    return node.operand(0).type();
  }

  private TensorType y() {
    return node.type();
  }

  /** A function of two tensors, one of which may broadcast. */
  void binary(Clamp clamp) {
    TensorType b = node.operand(1).type();
    checks.computedWide(x());
    if (!BinaryMeaning.isNarrowSlope(node)) {
      checks.computedWide(b);
    }
    Optional<List<Integer>> dims = broadcast(x().shape(), b.shape());
    if (checks.require(dims.isPresent(), "has operands of shapes " + x().shape() + " and " + b.shape())) {
      checks.shape(dims.orElseThrow());
    }
    checks.clamp(clamp);
  }

  private static Optional<List<Integer>> broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int da = i < rank - a.rank() ? 1 : a.dim(i - (rank - a.rank()));
      int db = i < rank - b.rank() ? 1 : b.dim(i - (rank - b.rank()));
      if (da != db && da != 1 && db != 1) {
        return Optional.empty();
      }
      dims.add(Math.max(da, db));
    }
    return Optional.of(dims);
  }

  void elementwise(Op.Elementwise op) {
    binary(op.clamp());
    boolean picks = op.function() == BinaryFunction.MIN || op.function() == BinaryFunction.MAX;
    if (picks && !y().isFloat() && checks.sameQuantization(x())) {
      checks.sameQuantization(node.operand(1).type());
    }
    boolean shifts = op.function() == BinaryFunction.SHIFTED_ADD || op.function() == BinaryFunction.SHIFTED_SUB;
    boolean divides = op.function() == BinaryFunction.DIV && !y().isFloat();
    checks.require(!divides && !shifts || op.rounding() == Rounding.TFLITE, (divides ? "divides " : "shifts ")
        + NodeChecks.describe(y()) + " with round=" + op.rounding().text() + " (must be tflite)");
    if (shifts && checks.require(NodeChecks.isWide(y()), "shifts " + NodeChecks.describe(y()) + " (must be i16)")
        && node.operands().stream().allMatch(o -> NodeChecks.isWide(o.type())) && checks.shifted(x())) {
      checks.shifted(node.operand(1).type());
    }
  }

  /** A function of one tensor, whose type and shape are right already. */
  void unary(UnaryFunction function) {
    boolean ofCodes = switch (function) {
      case ABS, RSQRT, EXP -> true;
      case NEG -> y().element() != ElementType.U8;
      case SQUARE, SQRT -> false;
    };
    checks.require(y().isFloat() || ofCodes, "gives " + NodeChecks.describe(y()) + " (must be f32)");
    if (function == UnaryFunction.NEG && y().isPerTensor() && checks.sameQuantization(x())) {
      checks.require(y().zeroPoint() == 0, "negates " + NodeChecks.describe(y()) + " (must have zero point 0)");
    }
  }
}
