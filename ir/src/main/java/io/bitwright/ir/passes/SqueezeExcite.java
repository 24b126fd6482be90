package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.List;
import java.util.Optional;

/**
 * A squeeze-and-excite block: {@code x * gate(expand(reduce(mean(x))))}, where reduce and expand are fully connected or 1x1
 * convolutions and gate is a sigmoid, an h-sigmoid, or a function of 8-bit codes. Names what stands in a graph; changes
 * nothing.
 *
 * @param x  what is scaled, channel by channel
 * @param product  the result
 */
public record SqueezeExcite(Node x, Node mean, Node reduce, Node expand, Node gate, Node product) {
  /** All blocks of a graph in order. */
  public static List<SqueezeExcite> in(Graph graph) {
    return graph.nodes().stream().map(SqueezeExcite::endingAt).flatMap(Optional::stream).toList();
  }

  /** The block whose product a node is. */
  public static Optional<SqueezeExcite> endingAt(Node product) {
    if (!(product.op() instanceof Op.Mul)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Optional<SqueezeExcite> found = gated(product, product.operand(i), product.operand(1 - i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<SqueezeExcite> gated(Node product, Node x, Node scale) {
    Node gate = beforeReshapes(scale);
    if (!isGate(gate)) {
      return Optional.empty();
    }
    Node expand = beforeReshapes(gate.operand(0));
    Node activation = isWeighted(expand) ? beforeReshapes(expand.operand(0)) : expand;
    Node reduce = isWeighted(activation) || activation.operands().isEmpty() ? activation
        : beforeReshapes(activation.operand(0));
    if (!isWeighted(expand) || !isWeighted(reduce)) {
      return Optional.empty();
    }
    Node mean = beforeReshapes(reduce.operand(0));
    return isGlobalMean(mean) && mean.operand(0) == x
        ? Optional.of(new SqueezeExcite(x, mean, reduce, expand, gate, product)) : Optional.empty();
  }

  private static Node beforeReshapes(Node node) {
    Node current = node;
    while (current.op() instanceof Op.Reshape) {
      current = current.operand(0);
    }
    return current;
  }

  private static boolean isGate(Node node) {
    return node.op() instanceof Op.Logistic || node.op() instanceof Op.HardSigmoid || node.op() instanceof Op.Table;
  }

  private static boolean isWeighted(Node node) {
    return node.op() instanceof Op.FullyConnected
        || node.op() instanceof Op.Conv2d conv && conv.window().isPoint() && conv.groups() == 1;
  }

  private static boolean isGlobalMean(Node node) {
    if (node.op() instanceof Op.Mean mean) {
      return mean.axes().equals(List.of(1, 2)) && node.operand(0).type().shape().rank() == 4;
    }
    return node.op() instanceof Op.AveragePool2d && node.type().shape().dim(1) == 1 && node.type().shape().dim(2) == 1
        && ((Op.AveragePool2d) node.op()).window().kernelH() == node.operand(0).type().shape().dim(1)
        && ((Op.AveragePool2d) node.op()).window().kernelW() == node.operand(0).type().shape().dim(2);
  }
}
