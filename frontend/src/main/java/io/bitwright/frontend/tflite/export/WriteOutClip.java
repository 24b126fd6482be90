package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.writeout.RealConstant;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;

/**
 * Limits that no activation function has are those of a product with 1: in 8 bits that product changes the scale, which
 * MINIMUM and MAXIMUM do not.
 */
final class WriteOutClip implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.Clip clip) || !node.type().isFloat()
        || ResultLimits.fused(clip.limits(), node.type()).isPresent()) {
      return Optional.empty();
    }
    Node one = RealConstant.of(node, "one", 1);
    return Optional.of(node.replacedBy(
        new Op.Mul(clip.limits(), Rounding.TFLITE), List.of(node.operand(0), one), node.type()));
  }
}
