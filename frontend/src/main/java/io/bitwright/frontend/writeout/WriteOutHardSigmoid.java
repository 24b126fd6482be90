package io.bitwright.frontend.writeout;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;

/** h-sigmoid is {@code relu6(x + 3) * 1/6}, as TFLite's converter has it. */
public final class WriteOutHardSigmoid implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.HardSigmoid) || !node.type().isFloat()) {
      return Optional.empty();
    }
    Node three = RealConstant.of(node, "three", 3);
    Op add = new Op.Add(Activation.RELU6.clampFor(node.type()), Rounding.TFLITE);
    Node shifted = new Node(
        add, List.of(node.operand(0), three), node.type(), node.name() + "/shifted", node.location(), List.of());
    Node sixth = RealConstant.of(node, "sixth", 1f / 6);
    return Optional.of(
        node.replacedBy(new Op.Mul(Clamp.NONE, Rounding.TFLITE), List.of(shifted, sixth), node.type()));
  }
}
