package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code pad(pad(x))} with the same value is one pad. */
final class MergePads implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean matches = node.op() instanceof Op.Pad && node.operand(0).op() instanceof Op.Pad
        && match.singleUse(node.operand(0));
    if (!matches) {
      return Optional.empty();
    }
    Op.Pad outer = (Op.Pad) node.op();
    Op.Pad inner = (Op.Pad) node.operand(0).op();
    if (!outer.value().equals(inner.value())) {
      return Optional.empty();
    }
    Op.Pad sum =
        new Op.Pad(sum(outer.before(), inner.before()), sum(outer.after(), inner.after()), outer.value());
    return Optional.of(node.replacedBy(sum, node.operand(0).operands(), node.type()));
  }

  private static List<Integer> sum(List<Integer> a, List<Integer> b) {
    return IntStream.range(0, a.size()).mapToObj(i -> a.get(i) + b.get(i)).toList();
  }
}
