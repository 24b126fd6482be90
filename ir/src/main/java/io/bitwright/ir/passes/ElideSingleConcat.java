package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** A concatenation of one tensor is that tensor. */
final class ElideSingleConcat implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean matches = node.op() instanceof Op.Concat && node.operands().size() == 1
        && node.type().equals(node.operand(0).type());
    return matches ? Optional.of(node.operand(0)) : Optional.empty();
  }
}
