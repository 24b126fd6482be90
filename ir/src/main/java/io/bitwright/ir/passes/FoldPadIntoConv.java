package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code conv(pad(x))} is a convolution with more padding: both feed real zero. */
final class FoldPadIntoConv implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (node.operands().isEmpty() || !(node.operand(0).op() instanceof Op.Pad pad) || pad.value().isPresent()) {
      return Optional.empty();
    }
    if (node.op() instanceof Op.Conv2d conv) {
      return SpatialPad.into(conv.window(), node.operand(0)).map(w -> padded(node, onWindow(conv, w)));
    }
    if (node.op() instanceof Op.DepthwiseConv2d conv) {
      return SpatialPad.into(conv.window(), node.operand(0)).map(w -> padded(node, onWindow(conv, w)));
    }
    return Optional.empty();
  }

  private static Op onWindow(Op.Conv2d conv, Window window) {
    return new Op.Conv2d(window, conv.groups(), conv.clamp(), conv.rounding());
  }

  private static Op onWindow(Op.DepthwiseConv2d conv, Window window) {
    return new Op.DepthwiseConv2d(window, conv.multiplier(), conv.clamp(), conv.rounding());
  }

  private static Node padded(Node node, Op op) {
    List<Node> operands = new ArrayList<>(node.operands());
    operands.set(0, node.operand(0).operand(0));
    return node.replacedBy(op, operands, node.type());
  }
}
