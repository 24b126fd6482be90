package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.TensorData;
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
    Op contents = new Op.Constant(weights.name(), unshuffled(weights, shuffle.groups()));
    List<Node> operands = new ArrayList<>(node.operands());
    operands.set(0, shuffled.operand(0));
    operands.set(1, weights.replacedBy(contents, List.of(), weights.type()));
    return Optional.of(node.withOperands(operands));
  }

  private static TensorData unshuffled(Node weights, int groups) {
    int channels = weights.type().shape().dim(-1);
    int run = channels / groups;
    int size = weights.type().element().sizeBytes();
    byte[] from = weights.constant().toRaw();
    byte[] to = new byte[from.length];
    for (int i = 0; i < from.length / size; i++) {
      int c = i % channels;
      int source = (c % groups) * run + c / groups;
      System.arraycopy(from, i * size, to, (i - c + source) * size, size);
    }
    return TensorData.ofRaw(weights.type().element(), to);
  }
}
