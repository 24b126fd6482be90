package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.TensorType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The type of every f32 tensor that is no constant, in codes: one scale and zero point for the whole tensor. */
final class ActivationTypes {
  private final Ties ties;
  private final ActivationWidth width;
  private final Map<Node, Range> ranges = new IdentityHashMap<>();
  private final Map<Node, Float> scales = new IdentityHashMap<>();
  private final Map<Node, Float> ofConstants = new IdentityHashMap<>();

  private ActivationTypes(Ties ties, ActivationWidth width) {
    this.ties = ties;
    this.width = width;
  }

  /**
   * Chooses scales that reach over the ranges and that every operator takes.
   *
   * @param ranges  one for each f32 node that is no constant, finite
   */
  static ActivationTypes choose(Graph graph, Map<Node, Range> ranges, ActivationWidth width) {
    ActivationTypes types = new ActivationTypes(Ties.of(graph, width), width);
    List<Node> tensors = graph.nodes().stream().filter(n -> !n.isConstant() && n.type().isFloat()).toList();
    tensors.forEach(n -> types.ranges.merge(types.ties.root(n), ranges.get(n), Range::union));
    types.ranges.forEach((root, range) ->
        types.scales.put(root, types.ties.fixed(root).map(PerTensor::scale).orElseGet(() -> width.scale(range))));
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
    return node.isConstant() ? ofConstants.computeIfAbsent(node, n -> Codes.quantization(n, width).scale())
        : scales.get(ties.root(node));
  }

  ActivationWidth width() {
    return width;
  }

  /** The type of an f32 node that is no constant. */
  TensorType of(Node node) {
    Node root = ties.root(node);
    PerTensor quantization = ties.fixed(root).orElseGet(() -> width.quantization(ranges.get(root), scales.get(root)));
    return new TensorType(node.type().shape(), width.element(), quantization);
  }
}
