package io.bitwright.frontend.writeout;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;

/** Swish is {@code x * sigmoid(x)}. */
public final class WriteOutSwish implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.Swish) || !node.type().isFloat()) {
      return Optional.empty();
    }
    Node x = node.operand(0);
    Node gate = new Node(new Op.Logistic(), List.of(x), node.type(), node.name() + "/gate", node.location(), List.of());
    return Optional.of(node.replacedBy(new Op.Mul(Clamp.NONE, Rounding.TFLITE), List.of(x, gate), node.type()));
  }
}
