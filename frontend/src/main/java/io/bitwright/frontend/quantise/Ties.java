package io.bitwright.frontend.quantise;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tensors must have one quantisation, and which have one that their operator fixes.
 *
 * <p>What only moves codes ties its result to its operand, as TFLite demands of pools, pads, slices and reshapes. A
 * concatenation ties its parts to its result, and so does the smaller or larger of two tensors; parts of a fixed
 * quantisation stay out, unless all have the same, and are requantised.
 */
final class Ties {
  private final Map<Node, Node> parents = new IdentityHashMap<>();
  private final Map<Node, PerTensor> fixed = new IdentityHashMap<>();

  private Ties() {}

  static Ties of(Graph graph, ActivationWidth width) {
    Ties ties = new Ties();
    graph.nodes().forEach(n -> ties.own(n, width));
    graph.nodes().stream().filter(n -> n.op() instanceof Op.Concat || picks(n.op())).forEach(ties::join);
    return ties;
  }

  private void own(Node node, ActivationWidth width) {
    parents.put(node, node);
    if (node.op() instanceof Op.Softmax || node.op() instanceof Op.Logistic) {
      fixed.put(node, width.probability());
    } else if (node.op() instanceof Op.LogSoftmax && width == ActivationWidth.INT8) {
      fixed.put(node, ActivationWidth.LOG_PROBABILITY);
    } else if (node.op() instanceof Op.Tanh) {
      fixed.put(node, width.hyperbolic());
    } else if (movesCodes(node.op()) && !node.operand(0).isConstant()) {
      tie(node, node.operand(0));
    }
  }

  private static boolean movesCodes(Op op) {
    return op instanceof Op.MaxPool2d || op instanceof Op.AveragePool2d || op instanceof Op.Pad
        || op instanceof Op.Slice || op instanceof Op.Reshape || op instanceof Op.ChannelShuffle
        || op instanceof Op.ResizeBilinear;
  }

  private static boolean picks(Op op) {
    return op instanceof Op.Elementwise e
        && (e.function() == BinaryFunction.MIN || e.function() == BinaryFunction.MAX);
  }

  private void join(Node whole) {
    List<Node> parts = whole.operands().stream().filter(o -> !o.isConstant()).toList();
    boolean allAlike = parts.size() == whole.operands().size() && fixed(parts.get(0)).isPresent()
        && parts.stream().allMatch(p -> fixed(p).equals(fixed(parts.get(0))));
    parts.stream().filter(p -> allAlike || fixed(p).isEmpty()).forEach(p -> tie(whole, p));
  }

  private void tie(Node a, Node b) {
    Node rootA = root(a);
    Node rootB = root(b);
    if (rootA != rootB) {
      parents.put(rootA, rootB);
    }
  }

  /** The node that stands for all that are tied to this one. */
  Node root(Node node) {
    Node root = node;
    while (parents.get(root) != root) {
      root = parents.get(root);
    }
    Node step = node;
    while (step != root) {
      step = parents.put(step, root);
    }
    return root;
  }

  /** The quantisation that an operator fixes for this node or one that it is tied to. */
  Optional<PerTensor> fixed(Node node) {
    return Optional.ofNullable(fixed.get(root(node)));
  }
}
