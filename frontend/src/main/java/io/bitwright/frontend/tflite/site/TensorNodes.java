package io.bitwright.frontend.tflite.site;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The nodes of a subgraph's tensors by number: those computed so far, and the constants.
 *
 * <p>Where an operator is refused, an input of the declared type stands in for its result, so that the operators behind
 * it are checked too; no graph is built then.
 */
public final class TensorNodes {
  private final TensorTable tensors;
  private final Map<Integer, Node> computed = new HashMap<>();
  private final Set<Integer> refused = new HashSet<>();
  private final Budget budget;
  private final RealConstants reals;

  public TensorNodes(TensorTable tensors) {
    this.tensors = tensors;
    this.budget = new Budget(tensors.fileBytes());
    this.reals = new RealConstants(tensors, budget);
  }

  /** How many constants became f32, by the name of the type that they have in the file. */
  public SortedMap<String, Integer> converted() {
    return reals.converted();
  }

  RealConstants reals() {
    return reals;
  }

  Budget budget() {
    return budget;
  }

  public TensorTable tensors() {
    return tensors;
  }

  /** A network input. */
  public Node input(int tensor) {
    refused.add(tensor);
    Node node = standIn(tensor);
    computed.put(tensor, node);
    refused.remove(tensor);
    return node;
  }

  private Node standIn(int tensor) {
    return new Node(
        new Op.Input(), List.of(), tensors.feature(tensor), tensors.name(tensor), tensors.location(tensor), List.of());
  }

  /** A tensor's operator gave this node. */
  public void put(int tensor, Node node) {
    computed.put(tensor, node);
  }

  /** A tensor's operator was refused. */
  public void refuse(int tensor) {
    refused.add(tensor);
    try {
      computed.put(tensor, standIn(tensor));
    } catch (DiagnosticException e) {
      // Stays without a node; the operators that use it are skipped.
      return;
    }
  }

  /** The node of a network output. */
  public Node output(int tensor) {
    requireComputed(tensor);
    Node node = computed.get(tensor);
    if (node == null || node.isConstant()) {
      throw DiagnosticException.of(DiagnosticId.INVALID_GRAPH, tensors.location(tensor),
          "output '" + tensors.name(tensor) + "' does not depend on any input");
    }
    return node;
  }

  /** Refuses a tensor that is neither constant nor computed by now. */
  public void requireComputed(int tensor) {
    if (computed.containsKey(tensor) || tensors.hasData(tensor)) {
      return;
    }
    if (refused.contains(tensor)) {
      throw OperatorSite.alreadyReported();
    }
    throw DiagnosticException.of(DiagnosticId.CYCLIC_GRAPH, tensors.location(tensor), tensors.name(tensor));
  }

  /** Whether the operator that computes the tensor, or the input that it is, was refused. */
  boolean isRefused(int tensor) {
    return refused.contains(tensor);
  }

  /** The constant that an operator's result was folded to. */
  Optional<Node> folded(int tensor) {
    return Optional.ofNullable(computed.get(tensor)).filter(Node::isConstant);
  }

  /** The node of an available tensor that is a feature map. */
  Node feature(int tensor) {
    Node node = computed.get(tensor);
    return node != null ? node : tensors.featureConstant(tensor);
  }

  /** The node of an available tensor of whatever kind. */
  Node plain(int tensor) {
    Node node = computed.get(tensor);
    return node != null ? node : tensors.plainConstant(tensor);
  }
}
