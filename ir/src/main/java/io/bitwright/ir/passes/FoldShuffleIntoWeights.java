package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dense convolution or matrix product of shuffled channels is one of the channels as they were, with its weights shuffled
 * back. Sums of codes are the same; those of f32 have their terms in another order.
 */
final class FoldShuffleIntoWeights implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean dense = node.op() instanceof Op.FullyConnected
        || node.op() instanceof Op.Conv2d conv && conv.groups() == 1;
    if (!dense || !(node.operand(0).op() instanceof Op.ChannelShuffle shuffle)) {
      return Optional.empty();
    }
    Node shuffled = node.operand(0);
    Node weights = node.operand(1);
    if (!weights.isConstant() || !match.singleUse(shuffled)) {
      return Optional.empty();
    }
    ChannelOrder back = ChannelOrder.of(shuffle, shuffled.type().shape().dim(-1)).inverse();
    List<Node> operands = new ArrayList<>(node.operands());
    operands.set(0, shuffled.operand(0));
    operands.set(1, back.along(weights.type().shape().rank() - 1, weights));
    return Optional.of(node.withOperands(operands));
  }
}
