package io.bitwright.cli.picture;

import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes boxes of a graph's nodes, one after the other. */
final class PictureBuilder {
  private final Graph graph;
  private final Map<Node, List<Node>> users;
  /** From each node to the first one of its box. */
  private final Map<Node, Node> leaders = new IdentityHashMap<>();
  private final Map<Node, List<Node>> members = new IdentityHashMap<>();
  private final Map<Node, Box> boxes = new IdentityHashMap<>();
  private final Map<Box, List<String>> paths = new LinkedHashMap<>();
  private final Set<NetworkPicture.Edge> edges = new LinkedHashSet<>();

  PictureBuilder(Graph graph) {
    this.graph = graph;
    this.users = graph.users();
  }

  NetworkPicture build(String title) {
    List<Node> nodes = graph.nodes().stream().filter(n -> !n.isConstant()).toList();
    for (Node node : nodes) {
      Node leader = joins(node) ? leaders.get(node.operand(0)) : node;
      leaders.put(node, leader);
      members.computeIfAbsent(leader, l -> new ArrayList<>()).add(node);
    }
    for (Node node : nodes) {
      if (leaders.get(node) == node) {
        addBox(node);
      }
    }
    graph.outputs().forEach(this::addOutput);
    return new NetworkPicture(title, BlockTree.of(paths), List.copyOf(edges));
  }

  /** Whether a node belongs to its operand's box: element by element, the only reader, and of the same block. */
  private boolean joins(Node node) {
    if (Family.of(node) != Family.ACTIVATION || node.op() instanceof Op.Softmax || node.operand(0).isConstant()) {
      return false;
    }
    Node operand = node.operand(0);
    List<String> around = path(leaders.get(operand));
    List<String> own = path(node);
    boolean same = around.size() >= own.size() && around.subList(0, own.size()).equals(own);
    return same && !(operand.op() instanceof Op.Input) && users.get(operand).size() == 1
        && !graph.outputs().contains(operand);
  }

  private void addBox(Node leader) {
    List<Node> all = members.get(leader);
    List<String> lines = new ArrayList<>(List.of(OperatorText.of(leader)));
    if (all.size() > 1) {
      lines.add(all.stream().skip(1).map(OperatorText::of).collect(Collectors.joining(", ")));
    }
    Node last = all.get(all.size() - 1);
    lines.add(last.type().shape() + " " + last.type().element().text());
    Box box = new Box(paths.size(), Family.of(leader), lines, all.stream().map(n -> Printable.of(n.name())).toList());
    all.forEach(n -> boxes.put(n, box));
    paths.put(box, steps(leader));
    leader.operands().stream().filter(o -> !o.isConstant())
        .forEach(o -> edges.add(new NetworkPicture.Edge(boxes.get(o).id(), box.id())));
  }

  private void addOutput(Node output) {
    Box box = new Box(paths.size(), Family.TERMINAL, List.of("output"), List.of());
    paths.put(box, List.of());
    edges.add(new NetworkPicture.Edge(boxes.get(output).id(), box.id()));
  }

  private static List<String> path(Node node) {
    List<String> steps = steps(node);
    return steps.subList(0, Math.max(0, steps.size() - 1));
  }

  /** The parts of a name. A TFLite tensor may have several names, of all that was fused; the first one is its own. */
  private static List<String> steps(Node node) {
    String first = node.name().split(";", 2)[0];
    return Arrays.stream(first.split("/")).filter(s -> !s.isBlank()).toList();
  }
}
