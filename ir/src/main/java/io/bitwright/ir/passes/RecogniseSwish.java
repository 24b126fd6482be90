package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** {@code x * sigmoid(x)} is swish. */
final class RecogniseSwish implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!GatePattern.isProduct(node)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Node gate = node.operand(1 - i);
      if (gate.op() instanceof Op.Logistic && gate.operand(0) == node.operand(i) && match.singleUse(gate)) {
        return Optional.of(node.replacedBy(new Op.Swish(), gate.operands(), node.type()));
      }
    }
    return Optional.empty();
  }
}
