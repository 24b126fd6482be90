package io.bitwright.ir.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A network: nodes in topological order, inputs and outputs. Immutable.
 *
 * <p>Holds exactly the inputs and the nodes that an output depends on.
 */
public final class Graph {
  private final String name;
  private final List<Node> inputs;
  private final List<Node> outputs;
  private final List<Node> nodes;
  private final SourceViews sourceViews;

  /**
   * Collects the nodes reachable from the outputs, operands first, in the order that a depth-first walk from the first
   * output meets them; inputs come first.
   *
   * @param name  the network's name, untrusted text
   * @param inputs  input nodes in the order the user feeds them, used or not
   */
  public Graph(String name, List<Node> inputs, List<Node> outputs) {
    this(name, inputs, outputs, SourceViews.NONE);
  }

  /** A graph as an importer makes it; rewrites and the text form do not keep how the source sees its tensors. */
  public Graph(String name, List<Node> inputs, List<Node> outputs, SourceViews sourceViews) {
    this.sourceViews = sourceViews;
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.nodes = collect();
  }

  private List<Node> collect() {
    Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> order = new ArrayList<>();
    for (Node input : inputs) {
      if (done.add(input)) {
        order.add(input);
      }
    }
    List<Node> stack = new ArrayList<>();
    for (Node output : outputs) {
      stack.add(output);
      while (!stack.isEmpty()) {
        visitTop(stack, done, order);
      }
    }
    return Collections.unmodifiableList(order);
  }

  private static void visitTop(List<Node> stack, Set<Node> done, List<Node> order) {
    Node top = stack.get(stack.size() - 1);
    if (done.contains(top)) {
      stack.remove(stack.size() - 1);
      return;
    }
    int before = stack.size();
    List<Node> operands = top.operands();
    for (int i = operands.size() - 1; i >= 0; i--) {
      if (!done.contains(operands.get(i))) {
        stack.add(operands.get(i));
      }
    }
    if (stack.size() == before) {
      stack.remove(stack.size() - 1);
      done.add(top);
      order.add(top);
    }
  }

  public String name() {
    return name;
  }

  public List<Node> inputs() {
    return inputs;
  }

  public List<Node> outputs() {
    return outputs;
  }

  /** All nodes, operands before users. */
  public List<Node> nodes() {
    return nodes;
  }

  public SourceViews sourceViews() {
    return sourceViews;
  }

  /** The network whose inputs and outputs are the images of this one's; how the source sees its tensors is not kept. */
  public Graph mapped(UnaryOperator<Node> images) {
    return new Graph(name, inputs.stream().map(images).toList(), outputs.stream().map(images).toList());
  }

  /** For each node its users in order; a node that uses another twice is listed twice. Outputs add nothing. */
  public Map<Node, List<Node>> users() {
    Map<Node, List<Node>> users = new IdentityHashMap<>();
    nodes.forEach(n -> users.put(n, new ArrayList<>()));
    for (Node user : nodes) {
      user.operands().forEach(operand -> users.get(operand).add(user));
    }
    return users;
  }
}
