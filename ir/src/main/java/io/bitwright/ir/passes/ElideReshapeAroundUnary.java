package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code reshape(f(reshape(x)))} with f element by element is {@code reshape(f(x))}. */
final class ElideReshapeAroundUnary implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.Reshape)) {
      return Optional.empty();
    }
    Node unary = node.operand(0);
    boolean matches = isElementwise(unary.op()) && match.singleUse(unary)
        && unary.operand(0).op() instanceof Op.Reshape && match.singleUse(unary.operand(0));
    if (!matches) {
      return Optional.empty();
    }
    Node inner = unary.operand(0);
    Node x = inner.operand(0);
    match.carry(x, match.origins(inner));
    List<Node> operands = new ArrayList<>(unary.operands());
    operands.set(0, x);
    Node moved = unary.replacedBy(unary.op(), operands, unary.type().withShape(x.type().shape()))
        .withOrigins(match.origins(unary));
    return Optional.of(node.replacedBy(node.op(), List.of(moved), node.type()));
  }

  private static boolean isElementwise(Op op) {
    return op instanceof Op.Relu || op instanceof Op.Logistic || op instanceof Op.HardSwish || op instanceof Op.Quantize
        || op instanceof Op.Dequantize || op instanceof Op.Table || op instanceof Op.Clip || op instanceof Op.HardSigmoid
        || op instanceof Op.Swish || op instanceof Op.Tanh || op instanceof Op.Unary;
  }
}
