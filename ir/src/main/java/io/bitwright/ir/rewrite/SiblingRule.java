package io.bitwright.ir.rewrite;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import java.util.List;
import java.util.Map;

/**
 * One rewrite of several nodes that read the same tensor.
 *
 * <p>Each replacement keeps to what {@link Rule} says of replacements. What the replacements share, such as a node that
 * computes for all of them, becomes part of the graph with them.
 */
@FunctionalInterface
public non-sealed interface SiblingRule extends Rewrite {
  /**
   * Replacements for some of the readers of a tensor.
   *
   * @param readers  all nodes that read it, in the graph's order, each once
   * @param graph  the graph they are nodes of
   * @return what takes a reader's place, by reader; empty where the rule does not apply
   */
  Map<Node, Node> apply(Node tensor, List<Node> readers, Graph graph);
}
