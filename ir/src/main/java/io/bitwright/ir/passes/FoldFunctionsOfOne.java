package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** A function of two functions of one 8-bit tensor, as in {@code x * gate(x)}, is a table. */
final class FoldFunctionsOfOne implements Rule {
  /** A function and its argument. */
  private record Applied(CodeTable function, Node x) {}

  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean binary = node.op() instanceof Op.Add || node.op() instanceof Op.Mul || node.op() instanceof Op.Elementwise;
    if (!binary || !node.type().element().is8Bit() || node.operand(0).isConstant() || node.operand(1).isConstant()) {
      return Optional.empty();
    }
    Node a = node.operand(0);
    Node b = node.operand(1);
    Optional<Applied> f = function(a, match);
    Optional<Applied> g = function(b, match);
    if (a == b) {
      return folded(node, itself(a), itself(a));
    } else if (f.isPresent() && f.get().x() == b) {
      return folded(node, f.get(), itself(b));
    } else if (g.isPresent() && g.get().x() == a) {
      return folded(node, itself(a), g.get());
    }
    boolean same = f.isPresent() && g.isPresent() && f.get().x() == g.get().x();
    return same ? folded(node, f.get(), g.get()) : Optional.empty();
  }

  private static Optional<Applied> function(Node node, Match match) {
    return match.singleUse(node) && !node.operands().isEmpty()
        ? CodeTable.of(node).map(table -> new Applied(table, node.operand(0))) : Optional.empty();
  }

  private static Applied itself(Node x) {
    return new Applied(CodeTable.identity(x.type().element()), x);
  }

  private static Optional<Node> folded(Node node, Applied first, Applied second) {
    if (!node.type().shape().equals(first.x().type().shape())) {
      return Optional.empty();
    }
    return CodeTable.of(node, first.function(), second.function()).map(table -> table.replacing(node, first.x()));
  }
}
