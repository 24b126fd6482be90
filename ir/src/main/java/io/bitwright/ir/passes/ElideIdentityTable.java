package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** A table that gives every code back is its operand. */
final class ElideIdentityTable implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean matches = node.op() instanceof Op.Table && node.type().equals(node.operand(0).type())
        && CodeTable.of(node).filter(CodeTable::isIdentity).isPresent();
    return matches ? Optional.of(node.operand(0)) : Optional.empty();
  }
}
