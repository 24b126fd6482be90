package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The quantisation of every tensor that is no constant: int8, one scale and zero point for the whole tensor. */
final class ActivationTypes {
  private final Ties ties;
  private final Map<Node, Range> ranges = new IdentityHashMap<>();
  private final Map<Node, Float> scales = new IdentityHashMap<>();
  private final Map<Node, Float> ofConstants = new IdentityHashMap<>();

  private ActivationTypes(Ties ties) {
    this.ties = ties;
  }

  /**
   * Chooses scales that reach over the ranges and that every operator takes.
   *
   * @param ranges  one for each node that is no constant, finite
   */
  static ActivationTypes choose(Graph graph, Map<Node, Range> ranges) {
    ActivationTypes types = new ActivationTypes(Ties.of(graph));
    List<Node> tensors = graph.nodes().stream().filter(n -> !n.isConstant()).toList();
    tensors.forEach(n -> types.ranges.merge(types.ties.root(n), ranges.get(n), Range::union));
    types.ranges.forEach((root, range) ->
        types.scales.put(root, types.ties.fixed(root).map(PerTensor::scale).orElseGet(() -> CodeScale.scale(range))));
    // Raising a scale may raise that of an operator further down, and of one further up that is tied to it. Scales only
    // grow; should they grow for ever, lowering refuses the operator.
    boolean raised = true;
    for (int round = 0; raised && round < tensors.size(); round++) {
      raised = false;
      for (Node node : tensors) {
        raised |= types.raise(node, LeastScale.ofResult(node, types::scale));
        raised |= !node.operands().isEmpty() && types.raise(node.operand(0), LeastScale.ofOperand(node));
      }
    }
    return types;
  }

  private boolean raise(Node node, double least) {
    if (node.isConstant() || ties.fixed(node).isPresent() || scale(node) >= least) {
      return false;
    }
    scales.put(ties.root(node), Math.nextUp((float) least));
    return true;
  }

  private double scale(Node node) {
    return node.isConstant() ? ofConstants.computeIfAbsent(node, n -> Codes.quantization(n).scale())
        : scales.get(ties.root(node));
  }

  /** The quantisation of a node that is no constant. */
  PerTensor of(Node node) {
    Node root = ties.root(node);
    return ties.fixed(root).orElseGet(() -> CodeScale.quantization(ranges.get(root), scales.get(root)));
  }
}
