package io.bitwright.ir.rewrite;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One bottom-up walk over a graph: every node is rebuilt on its operands' images, then offered to the rules.
 *
 * <p>Use counts start exact and only grow during the walk, so a rule that asks for a single use may come too late by
 * one sweep, never too early.
 */
final class Sweep implements Match {
  private record Contents(TensorType type, TensorData data) {}

  private final Graph graph;
  private final List<Rule> rules;
  private final String stage;
  private final Map<Node, Node> images = new IdentityHashMap<>();
  private final Map<Node, Integer> uses = new IdentityHashMap<>();
  private final Set<Node> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Node, List<Integer>> carried = new IdentityHashMap<>();
  private final Map<Node, String> renamed = new IdentityHashMap<>();
  private final Map<Contents, Node> constants = new HashMap<>();
  private int fired;

  Sweep(Graph graph, List<Rule> rules, String stage) {
    this.graph = graph;
    this.rules = rules;
    this.stage = stage;
  }

  /** How many rules fired. */
  int fired() {
    return fired;
  }

  /** The graph after the walk. */
  Graph run() {
    Map<Node, Integer> counts = new IdentityHashMap<>();
    graph.nodes().forEach(n -> n.operands().forEach(o -> counts.merge(o, 1, Integer::sum)));
    graph.outputs().forEach(o -> counts.merge(o, 1, Integer::sum));
    Set<Node> ends = Collections.newSetFromMap(new IdentityHashMap<>());
    ends.addAll(graph.outputs());
    for (Node node : graph.nodes()) {
      Node image = node.withOperands(node.operands().stream().map(images::get).toList());
      uses.put(image, counts.getOrDefault(node, 0));
      if (ends.contains(node)) {
        outputs.add(image);
      }
      images.put(node, rewrite(image));
    }
    return finish();
  }

  private Node rewrite(Node start) {
    Node current = start;
    int rule = 0;
    while (rule < rules.size()) {
      Optional<Node> found = rules.get(rule).apply(current, this);
      if (found.isEmpty() || !mayReplace(current, found.get())) {
        rule++;
        continue;
      }
      boolean existed = replace(current, found.get(), rules.get(rule));
      current = found.get();
      rule = existed ? rules.size() : 0;
    }
    return current;
  }

  /** An output stays a node of its own: no input, no constant, no other output. */
  private boolean mayReplace(Node node, Node by) {
    boolean fixed = by.op() instanceof Op.Input || by.isConstant() || outputs.contains(by);
    return node != by && !(outputs.contains(node) && fixed);
  }

  /** Gives whether the replacement existed already. */
  private boolean replace(Node node, Node by, Rule rule) {
    if (!by.type().equals(node.type())) {
      throw new IllegalStateException(stage + ": " + rule.getClass().getSimpleName() + " changes the type of '"
          + node.name() + "' from " + node.type() + " to " + by.type());
    }
    if (++fired > 100 * (graph.nodes().size() + 10)) {
      throw new IllegalStateException(
          stage + ": " + rule.getClass().getSimpleName() + " does not come to an end at '" + node.name() + "'");
    }
    boolean existed = uses.containsKey(by);
    if (existed) {
      carry(by, origins(node));
      if (outputs.contains(node)) {
        renamed.put(by, node.name());
      }
    } else {
      register(by);
    }
    uses.merge(by, uses.get(node), Integer::sum);
    if (outputs.contains(node)) {
      outputs.add(by);
    }
    return existed;
  }

  private void register(Node root) {
    List<Node> stack = new ArrayList<>(List.of(root));
    uses.put(root, 0);
    while (!stack.isEmpty()) {
      for (Node operand : stack.remove(stack.size() - 1).operands()) {
        if (!uses.containsKey(operand)) {
          uses.put(operand, 0);
          stack.add(operand);
        }
        uses.merge(operand, 1, Integer::sum);
      }
    }
  }

  private Graph finish() {
    Graph result = graph.mapped(images::get);
    if (carried.isEmpty() && renamed.isEmpty()) {
      return result;
    }
    Map<Node, Node> named = new IdentityHashMap<>();
    for (Node node : result.nodes()) {
      String name = renamed.getOrDefault(node, node.name());
      List<Node> operands = node.operands().stream().map(named::get).toList();
      named.put(node, new Node(node.op(), operands, node.type(), name, node.location(), origins(node)));
    }
    return result.mapped(named::get);
  }

  @Override
  public int uses(Node node) {
    return uses.getOrDefault(node, 0);
  }

  @Override
  public boolean isOutput(Node node) {
    return outputs.contains(node);
  }

  @Override
  public List<Integer> origins(Node node) {
    List<Integer> origins = new ArrayList<>(node.origins());
    origins.addAll(carried.getOrDefault(node, List.of()));
    return origins;
  }

  @Override
  public void carry(Node existing, List<Integer> origins) {
    if (!origins.isEmpty()) {
      carried.computeIfAbsent(existing, n -> new ArrayList<>()).addAll(origins);
    }
  }

  @Override
  public Optional<Node> earlierConstant(Node constant) {
    Node first = constants.computeIfAbsent(new Contents(constant.type(), constant.constant()), c -> constant);
    return first == constant ? Optional.empty() : Optional.of(first);
  }
}
