package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.TensorData;
import java.util.List;
import java.util.Optional;

/** {@code x / constant} is {@code x * (1 / constant)}, the reciprocal rounded to float32. */
final class DivisionByConstant implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean divides = node.op() instanceof Op.Elementwise e && e.function() == BinaryFunction.DIV
        && e.clamp().isNone() && node.type().isFloat();
    if (!divides || !node.operand(1).isConstant() || node.operand(0).isConstant()) {
      return Optional.empty();
    }
    Node divisor = node.operand(1);
    float[] reciprocals = divisor.constant().reals();
    for (int i = 0; i < reciprocals.length; i++) {
      reciprocals[i] = (float) (1.0 / reciprocals[i]);
      if (!Float.isFinite(reciprocals[i]) || Math.abs(reciprocals[i]) < Float.MIN_NORMAL) {
        return Optional.empty();
      }
    }
    Op constant = new Op.Constant(divisor.name(), TensorData.ofFloats(reciprocals));
    Op product = new Op.Mul(Clamp.NONE, Rounding.TIES_EVEN);
    return Optional.of(node.replacedBy(
        product, List.of(node.operand(0), divisor.replacedBy(constant, List.of(), divisor.type())), node.type()));
  }
}
