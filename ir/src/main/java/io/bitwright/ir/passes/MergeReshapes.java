package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** {@code reshape(reshape(x))} is one reshape of x; x has the elements of the one that goes. */
final class MergeReshapes implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean matches = node.op() instanceof Op.Reshape && node.operand(0).op() instanceof Op.Reshape
        && match.singleUse(node.operand(0));
    if (!matches) {
      return Optional.empty();
    }
    Node inner = node.operand(0);
    match.carry(inner.operand(0), match.origins(inner));
    return Optional.of(node.replacedBy(node.op(), inner.operands(), node.type()));
  }
}
