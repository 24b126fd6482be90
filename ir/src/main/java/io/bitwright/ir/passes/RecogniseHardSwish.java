package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;

/** {@code x * h_sigmoid(x)} is h-swish, and so is {@code x * relu6(x + 3) * 1/6} in any order. */
final class RecogniseHardSwish implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    return swished(node, match).map(x -> node.replacedBy(new Op.HardSwish(), List.of(x), node.type()));
  }

  private static Optional<Node> swished(Node node, Match match) {
    if (!GatePattern.isProduct(node)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Node x = node.operand(i);
      Node gate = node.operand(1 - i);
      if (gate.op() instanceof Op.HardSigmoid && gate.operand(0) == x && match.singleUse(gate)) {
        return Optional.of(x);
      }
      Optional<Node> scaled = match.singleUse(x) ? GatePattern.sixth(x) : Optional.empty();
      Optional<Node> clipped = GatePattern.shiftedRelu6(gate, match);
      if (scaled.isPresent() && clipped.isPresent() && scaled.get() == clipped.get()) {
        return scaled;
      }
    }
    return GatePattern.sixth(node).flatMap(product -> gated(product, match));
  }

  /** The x of {@code x * relu6(x + 3)}. */
  private static Optional<Node> gated(Node product, Match match) {
    if (!GatePattern.isProduct(product) || !match.singleUse(product)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Optional<Node> x = GatePattern.shiftedRelu6(product.operand(1 - i), match);
      if (x.isPresent() && x.get() == product.operand(i)) {
        return x;
      }
    }
    return Optional.empty();
  }
}
