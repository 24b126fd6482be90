package io.bitwright.ir.rewrite;

import io.bitwright.ir.graph.Node;
import java.util.Optional;

/**
 * One rewrite: looks at a node and what it is computed from, and may give another that takes its place.
 *
 * <p>The replacement has the node's type and, under a {@code BITS} pass, its elements. It keeps the node's name,
 * location and origins ({@link Node#replacedBy}), or is a node that exists already; origins then move by themselves.
 * A rule has no state, and applying rules again and again comes to an end.
 */
@FunctionalInterface
public non-sealed interface Rule extends Rewrite {
  /** The replacement, or empty where the rule does not apply. */
  Optional<Node> apply(Node node, Match match);
}
