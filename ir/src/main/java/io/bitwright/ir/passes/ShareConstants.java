package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** A constant with the type and contents of an earlier one is that one. */
final class ShareConstants implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    return node.isConstant() ? match.earlierConstant(node) : Optional.empty();
  }
}
