package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** A function of 8-bit codes becomes a table, unless it is one or only clamps. */
final class FoldUnary implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (node.op() instanceof Op.Table || onlyClamps(node)) {
      return Optional.empty();
    }
    return CodeTable.of(node).map(table -> table.replacing(node, node.operand(0)));
  }

  private static boolean onlyClamps(Node node) {
    boolean clamps = node.op() instanceof Op.Relu || node.op() instanceof Op.Clip;
    return clamps && node.type().equals(node.operand(0).type());
  }
}
