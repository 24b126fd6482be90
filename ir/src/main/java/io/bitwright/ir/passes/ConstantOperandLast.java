package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;

/** {@code constant + x} is {@code x + constant}, and so for products: both are symmetric to the bit. */
final class ConstantOperandLast implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean symmetric = node.op() instanceof Op.Add || node.op() instanceof Op.Mul;
    if (!symmetric || !node.operand(0).isConstant() || node.operand(1).isConstant()) {
      return Optional.empty();
    }
    return Optional.of(node.withOperands(List.of(node.operand(1), node.operand(0))));
  }
}
