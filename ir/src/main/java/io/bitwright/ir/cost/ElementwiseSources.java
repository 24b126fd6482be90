package io.bitwright.ir.cost;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * For every tensor the one of which it is a function element by element: what runs along with the operator that makes
 * that one. {@code x * sigmoid(x)} comes from x; a sum of two tensors does not, nor what a gate has multiplied.
 */
final class ElementwiseSources {
  private final Map<Node, Node> sources = new IdentityHashMap<>();

  ElementwiseSources(Graph graph) {
    graph.nodes().forEach(node -> sources.put(node, find(node)));
  }

  Node of(Node node) {
    return sources.get(node);
  }

  /** Padding is part of the windows that read it; a shuffle of one group, or of groups of one, moves nothing. */
  private Node find(Node node) {
    boolean runsAlong = isElementwise(node.op()) || node.op() instanceof Op.Pad
        || node.op() instanceof Op.ChannelShuffle shuffle
        && (shuffle.groups() == 1 || shuffle.groups() == node.type().shape().dim(-1));
    if (!runsAlong) {
      return node;
    }
    List<Node> found = node.operands().stream().filter(o -> !o.isConstant()).map(this::of).distinct().toList();
    return found.size() == 1 ? found.get(0) : node;
  }

  private static boolean isElementwise(Op op) {
    return op instanceof Op.Add || op instanceof Op.Mul || op instanceof Op.BatchNorm || op instanceof Op.Relu
        || op instanceof Op.Clip || op instanceof Op.Logistic || op instanceof Op.HardSwish
        || op instanceof Op.HardSigmoid || op instanceof Op.Swish || op instanceof Op.Tanh
        || op instanceof Op.Quantize || op instanceof Op.Dequantize || op instanceof Op.Table;
  }
}
