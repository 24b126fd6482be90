package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;
import java.util.stream.Stream;

/** A concatenation among the operands of another along the same axis gives its operands to it. */
final class FlattenConcat implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.Concat concat) || concat.interleaved()
        || node.operands().stream().noneMatch(o -> merges(node, o, match))) {
      return Optional.empty();
    }
    return Optional.of(node.replacedBy(node.op(), node.operands().stream()
        .flatMap(o -> merges(node, o, match) ? o.operands().stream() : Stream.of(o)).toList(), node.type()));
  }

  private static boolean merges(Node outer, Node inner, Match match) {
    return inner.op().equals(outer.op()) && match.singleUse(inner)
        && inner.type().element() == outer.type().element()
        && inner.type().quantization().equals(outer.type().quantization());
  }
}
