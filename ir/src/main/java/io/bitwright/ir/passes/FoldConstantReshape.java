package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;

/** {@code reshape(constant)} is a constant. */
final class FoldConstantReshape implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.Reshape) || !node.operand(0).isConstant()) {
      return Optional.empty();
    }
    Op.Constant folded = new Op.Constant(node.name(), node.operand(0).constant());
    return Optional.of(node.replacedBy(folded, List.of(), node.type()));
  }
}
