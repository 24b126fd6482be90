package io.bitwright.ir.graph;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Structural equality of graphs: the same nodes in the same order with all they carry, locations and origins too. */
public final class GraphEquality {
  private final Map<Node, Integer> left = new IdentityHashMap<>();
  private final Map<Node, Integer> right = new IdentityHashMap<>();

  private GraphEquality(Graph a, Graph b) {
    a.nodes().forEach(n -> left.put(n, left.size()));
    b.nodes().forEach(n -> right.put(n, right.size()));
  }

  public static boolean equal(Graph a, Graph b) {
    return difference(a, b).isEmpty();
  }

  /** The first difference in words, or nothing. */
  public static Optional<String> difference(Graph a, Graph b) {
    if (!a.name().equals(b.name())) {
      return Optional.of("names " + a.name() + " and " + b.name());
    }
    if (a.nodes().size() != b.nodes().size()) {
      return Optional.of(a.nodes().size() + " and " + b.nodes().size() + " nodes");
    }
    GraphEquality equality = new GraphEquality(a, b);
    for (int i = 0; i < a.nodes().size(); i++) {
      Optional<String> found = equality.difference(a.nodes().get(i), b.nodes().get(i));
      if (found.isPresent()) {
        return Optional.of("node " + i + " (" + a.nodes().get(i).name() + "): " + found.get());
      }
    }
    boolean ends = equality.same(a.inputs(), b.inputs()) && equality.same(a.outputs(), b.outputs());
    return ends ? Optional.empty() : Optional.of("inputs or outputs");
  }

  private Optional<String> difference(Node a, Node b) {
    if (!a.op().equals(b.op())) {
      return Optional.of("operators " + a.op() + " and " + b.op());
    }
    if (!same(a.operands(), b.operands())) {
      return Optional.of("operands");
    }
    if (!a.type().equals(b.type())) {
      return Optional.of("types " + a.type() + " and " + b.type());
    }
    if (!a.origins().equals(b.origins())) {
      return Optional.of("origins " + a.origins() + " and " + b.origins());
    }
    boolean named = a.name().equals(b.name()) && a.location().equals(b.location());
    return named ? Optional.empty() : Optional.of("names or locations");
  }

  private boolean same(List<Node> a, List<Node> b) {
    return a.stream().map(left::get).toList().equals(b.stream().map(right::get).toList());
  }
}
