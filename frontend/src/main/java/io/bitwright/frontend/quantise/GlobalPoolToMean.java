package io.bitwright.frontend.quantise;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.Shape;
import java.util.List;
import java.util.Optional;

/**
 * An average pool over the whole map is a mean. In 8 bits a pool keeps its operand's scale, a mean has one of its own, which
 * suits averages: they are much smaller than the largest element.
 */
final class GlobalPoolToMean implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.AveragePool2d pool) || !pool.clamp().isNone()) {
      return Optional.empty();
    }
    Shape map = node.operand(0).type().shape();
    boolean whole = pool.window().padding().equals(Padding.NONE) && pool.window().kernelH() == map.dim(1)
        && pool.window().kernelW() == map.dim(2);
    Op mean = new Op.Mean(List.of(1, 2), true, Rounding.TFLITE);
    return whole ? Optional.of(node.replacedBy(mean, node.operands(), node.type())) : Optional.empty();
  }
}
