package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** Two functions of 8-bit codes in a row, one of them a table, are one table. */
final class ComposeTables implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (node.operands().isEmpty() || !match.singleUse(node.operand(0))) {
      return Optional.empty();
    }
    Node first = node.operand(0);
    if (!(node.op() instanceof Op.Table) && !(first.op() instanceof Op.Table)) {
      return Optional.empty();
    }
    return CodeTable.of(node).flatMap(second ->
        CodeTable.of(first).map(table -> table.then(second).replacing(node, first.operand(0))));
  }
}
