package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;

/** {@code constant + x} is {@code x + constant}, and so for products and picks of codes: symmetric to the bit. */
final class ConstantOperandLast implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean symmetric = node.op() instanceof Op.Add || node.op() instanceof Op.Mul || picksCodes(node);
    if (!symmetric || !node.operand(0).isConstant() || node.operand(1).isConstant()) {
      return Optional.empty();
    }
    return Optional.of(node.withOperands(List.of(node.operand(1), node.operand(0))));
  }

  /** The smaller or larger of two codes; of reals the order matters where one is NaN. */
  private static boolean picksCodes(Node node) {
    return node.op() instanceof Op.Elementwise op && !node.type().isFloat()
        && (op.function() == BinaryFunction.MIN || op.function() == BinaryFunction.MAX);
  }
}
