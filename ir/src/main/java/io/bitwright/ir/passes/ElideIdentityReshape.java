package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** A reshape to the shape that is there already is its operand. */
final class ElideIdentityReshape implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean matches = node.op() instanceof Op.Reshape && node.type().equals(node.operand(0).type());
    return matches ? Optional.of(node.operand(0)) : Optional.empty();
  }
}
