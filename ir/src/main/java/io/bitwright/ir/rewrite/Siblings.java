package io.bitwright.ir.rewrite;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Applies one sibling rule to the readers of the first tensor of a graph where it fires. */
final class Siblings {
  private final Graph graph;
  private final SiblingRule rule;
  private final String stage;
  private final Map<Node, Node> replacements = new IdentityHashMap<>();
  private final Map<Node, Node> images = new IdentityHashMap<>();

  Siblings(Graph graph, SiblingRule rule, String stage) {
    this.graph = graph;
    this.rule = rule;
    this.stage = stage;
  }

  /** The rewritten graph; the same object where the rule does not fire. */
  Graph run() {
    Map<Node, List<Node>> users = graph.users();
    Iterator<Node> tensors = graph.nodes().iterator();
    while (replacements.isEmpty()) {
      if (!tensors.hasNext()) {
        return graph;
      }
      Node tensor = tensors.next();
      rule.apply(tensor, users.get(tensor).stream().distinct().toList(), graph).forEach(this::replace);
    }
    graph.nodes().forEach(this::image);
    return graph.mapped(images::get);
  }

  private void replace(Node node, Node by) {
    if (!by.type().equals(node.type())) {
      throw new IllegalStateException(stage + ": " + rule.getClass().getSimpleName() + " changes the type of '"
          + node.name() + "' from " + node.type() + " to " + by.type());
    }
    replacements.put(node, by);
  }

  /** Operands stand before users, so that the recursion goes no deeper than a replacement. */
  private Node image(Node node) {
    Node known = images.get(node);
    if (known == null) {
      Node by = replacements.get(node);
      known = by != null ? image(by) : node.withOperands(node.operands().stream().map(this::image).toList());
      images.put(node, known);
    }
    return known;
  }
}
