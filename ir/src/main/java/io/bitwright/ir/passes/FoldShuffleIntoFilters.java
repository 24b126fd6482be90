package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shuffled channels of a dense convolution or matrix product are those of one with its filters in that order. Filters
 * of a grouped convolution can change places within their group only, which a shuffle does not keep to.
 */
final class FoldShuffleIntoFilters implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.ChannelShuffle shuffle)) {
      return Optional.empty();
    }
    Node producer = node.operand(0);
    boolean dense = producer.op() instanceof Op.FullyConnected
        || producer.op() instanceof Op.Conv2d conv && conv.groups() == 1;
    boolean constant = producer.operands().stream().skip(1).allMatch(Node::isConstant);
    if (!dense || !constant || !match.singleUse(producer)) {
      return Optional.empty();
    }
    ChannelOrder order = ChannelOrder.of(shuffle, node.type().shape().dim(-1));
    List<Node> operands = new ArrayList<>(producer.operands());
    for (int i = 1; i < operands.size(); i++) {
      operands.set(i, order.along(0, operands.get(i)));
    }
    return Optional.of(node.replacedBy(producer.op(), operands, node.type()));
  }
}
