package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.TensorData;
import java.util.List;
import java.util.Optional;

/** A function of 8-bit codes of a constant is a constant. */
final class FoldConstantUnary implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (node.operands().isEmpty() || !node.operand(0).isConstant()) {
      return Optional.empty();
    }
    return CodeTable.of(node).map(table -> {
      TensorData in = node.operand(0).constant();
      byte[] raw = new byte[in.elements()];
      for (int i = 0; i < raw.length; i++) {
        raw[i] = (byte) table.result(in.code(i));
      }
      Op.Constant folded = new Op.Constant(node.name(), TensorData.ofRaw(node.type().element(), raw));
      return node.replacedBy(folded, List.of(), node.type());
    });
  }
}
