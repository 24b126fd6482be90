package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** The shuffle of a concatenation of as many equal parts as it has groups is one whose parts take turns. */
final class FoldShuffleIntoConcat implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.ChannelShuffle shuffle) || !(node.operand(0).op() instanceof Op.Concat concat)) {
      return Optional.empty();
    }
    Node joined = node.operand(0);
    Node first = joined.operand(0);
    boolean channels = concat.axis() == node.type().shape().rank() - 1 && !concat.interleaved();
    boolean groups = joined.operands().size() == shuffle.groups()
        && joined.operands().stream().allMatch(part -> part.type().equals(first.type()))
        && first.type().quantization().equals(node.type().quantization());
    if (!channels || !groups || !match.singleUse(joined)) {
      return Optional.empty();
    }
    return Optional.of(node.replacedBy(new Op.Concat(concat.axis(), true), joined.operands(), node.type()));
  }
}
