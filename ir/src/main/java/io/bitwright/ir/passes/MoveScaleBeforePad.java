package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code scale(pad(conv(x)))} is {@code pad(scale(conv(x)))} where zero keeps its value, so that the convolution can take in
 * the scale.
 */
final class MoveScaleBeforePad implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    Optional<ChannelScale> scale = ChannelScale.of(node);
    if (scale.isEmpty() || scale.get().x() != node.operand(0) || !(scale.get().x().op() instanceof Op.Pad pad)) {
      return Optional.empty();
    }
    Node padded = scale.get().x();
    Node inner = padded.operand(0);
    boolean keepsZero = pad.value().isEmpty() && scale.get().keepsZero() && scale.get().clamp().lo() <= 0 && scale.get().clamp().hi() >= 0;
    boolean folds = WeightedOp.of(inner).filter(w -> w.clamp().isNone()).isPresent();
    if (!keepsZero || !folds || !aroundChannels(pad) || !match.singleUse(padded) || !match.singleUse(inner)) {
      return Optional.empty();
    }
    List<Node> operands = new ArrayList<>(node.operands());
    operands.set(0, inner);
    Node scaled = new Node(node.op(), operands, inner.type(), inner.name() + "/scaled", node.location(), List.of());
    return Optional.of(node.replacedBy(pad, List.of(scaled), node.type()));
  }

  private static boolean aroundChannels(Op.Pad pad) {
    int last = pad.before().size() - 1;
    return last >= 0 && pad.before().get(last) == 0 && pad.after().get(last) == 0;
  }
}
