package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A depthwise convolution of shuffled channels is the shuffle of one with its filters shuffled back. With a stride the
 * shuffle moves fewer elements there, and a dense convolution after it takes it in.
 */
final class MoveShuffleBehindDepthwise implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    boolean matches = node.op() instanceof Op.DepthwiseConv2d depthwise && depthwise.multiplier() == 1
        && node.operands().stream().skip(1).allMatch(Node::isConstant);
    if (!matches || !(node.operand(0).op() instanceof Op.ChannelShuffle shuffle)) {
      return Optional.empty();
    }
    Node shuffled = node.operand(0);
    boolean grows = node.type().shape().elements() > shuffled.type().shape().elements();
    if (grows || !match.singleUse(shuffled)) {
      return Optional.empty();
    }
    ChannelOrder back = ChannelOrder.of(shuffle, node.type().shape().dim(3)).inverse();
    List<Node> operands = new ArrayList<>(List.of(shuffled.operand(0), back.along(3, node.operand(1))));
    node.operands().stream().skip(2).map(bias -> back.along(0, bias)).forEach(operands::add);
    Node moved = new Node(node.op(), operands, node.type(), node.name() + "/unshuffled", node.location(), List.of());
    return Optional.of(node.replacedBy(shuffle, List.of(moved), node.type()));
  }
}
