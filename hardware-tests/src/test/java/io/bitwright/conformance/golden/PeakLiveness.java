package io.bitwright.conformance.golden;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The most bytes that a graph as imported needs at one time when its operators run in the file's order, one by one or
 * in groups: an operator's operands and result, and what a later one still reads; of a tensor inside of a group as many
 * rows as the window over it spans. A pad in front of a convolution needs no tensor of its own, nor does a reshape; softmax
 * and element-wise operators write onto an operand that dies, a group onto a tensor that it reads ahead of what it
 * writes. Independent of the memory planner, which it is compared with.
 */
final class PeakLiveness {
  private final Map<Node, List<Node>> users;
  private final List<Node> owners = new ArrayList<>();
  private final Map<Node, Integer> first = new IdentityHashMap<>();
  private final Map<Node, Integer> last = new IdentityHashMap<>();
  private final Map<Node, List<Node>> groups = new IdentityHashMap<>();

  private PeakLiveness(Graph graph, List<List<Integer>> together) {
    users = graph.users();
    graph.nodes().stream().filter(n -> !n.isConstant() && owner(n) == n).forEach(owners::add);
    for (List<Integer> operators : together) {
      List<Node> group = operators.stream().map(this::operator).toList();
      group.forEach(n -> groups.put(n, group));
    }
    int step = 0;
    for (Node node : owners) {
      boolean starts = !groups.containsKey(node) || groups.get(node).get(0) == node;
      step += starts && !(node.op() instanceof Op.Input) ? 1 : 0;
      first.put(node, node.op() instanceof Op.Input ? 0 : step);
      last.put(node, first.get(node));
      operands(node).forEach(o -> last.put(o, first.get(node)));
    }
    int end = step;
    graph.outputs().forEach(o -> last.put(owner(o), end));
  }

  /** Every operator on its own. */
  static int of(Graph graph) {
    return of(graph, List.of());
  }

  /**
   * Some operators run together, a row at a time.
   *
   * @param together  groups of neighbours, by index in the file
   */
  static int of(Graph graph, List<List<Integer>> together) {
    PeakLiveness liveness = new PeakLiveness(graph, together);
    return liveness.owners.stream().mapToInt(n -> liveness.bytesAt(liveness.first.get(n))).max().orElse(0);
  }

  private Node operator(int index) {
    return owners.stream().filter(n -> n.origins().contains(index)).findFirst().orElseThrow();
  }

  private int bytesAt(int step) {
    int bytes = 0;
    for (Node node : owners) {
      boolean live = first.get(node) <= step && step <= last.get(node);
      boolean counted = first.get(node) == step && ontoAnother(node);
      bytes += live && !counted ? bytes(node) : 0;
    }
    return bytes;
  }

  private int bytes(Node node) {
    List<Node> group = groups.getOrDefault(node, List.of(node));
    int next = group.indexOf(node) + 1;
    int rows = node.type().shape().rank() == 4 ? node.type().shape().dim(1) : 1;
    return next == group.size() ? node.type().sizeBytes()
        : node.type().sizeBytes() / rows * Math.min(rows, window(group.get(next)).extentH());
  }

  private boolean ontoAnother(Node node) {
    List<Node> group = groups.getOrDefault(node, List.of(node));
    Stream<Node> read = group.stream().flatMap(n -> operands(n).stream()).filter(o -> !group.contains(o));
    return group.get(group.size() - 1) == node && read.anyMatch(o -> last.get(o).equals(first.get(node))
        && o.type().sizeBytes() == node.type().sizeBytes()
        && (isElementwise(node) || !operands(node).contains(o)) && isReadAhead(group, o));
  }

  private static boolean isElementwise(Node node) {
    return node.op() instanceof Op.Softmax || node.op() instanceof Op.Add
        || node.op() instanceof Op.Mul || node.op() instanceof Op.Relu || node.op() instanceof Op.Logistic
        || node.op() instanceof Op.HardSwish || node.op() instanceof Op.Quantize;
  }

  /** Whether the next row that any operator but the last computes reads nothing of what was written. */
  private boolean isReadAhead(List<Node> group, Node tensor) {
    int end = group.size() - 1;
    Node output = group.get(end);
    for (int y = 0; end > 0 && y < output.type().shape().dim(1); y++) {
      int written = (y + 1) * rowBytes(output);
      int computed = y;
      for (int i = end - 1; i >= 0; i--) {
        Node reader = group.get(i + 1);
        int reached = computed * window(reader).strideH() + window(reader).extentH() - 1 - top(reader);
        computed = Math.min(group.get(i).type().shape().dim(1) - 1, reached);
        boolean reads = operands(group.get(i)).contains(tensor) && computed + 1 < group.get(i).type().shape().dim(1);
        int next = (computed + 1) * window(group.get(i)).strideH() - top(group.get(i));
        if (reads && next * rowBytes(tensor) < written) {
          return false;
        }
      }
    }
    return true;
  }

  private static Window window(Node node) {
    if (node.op() instanceof Op.Conv2d conv) {
      return conv.window();
    }
    if (node.op() instanceof Op.DepthwiseConv2d conv) {
      return conv.window();
    }
    return node.op() instanceof Op.AveragePool2d pool ? pool.window() : Window.POINT;
  }

  private static int rowBytes(Node node) {
    return node.type().sizeBytes() / node.type().shape().dim(0) / node.type().shape().dim(1);
  }

  /** Rows of padding above the map. */
  private static int top(Node node) {
    int folded = node.operand(0).op() instanceof Op.Pad pad ? pad.before().get(1) : 0;
    return window(node).padding().top() + folded;
  }

  private List<Node> operands(Node node) {
    return node.operands().stream().filter(o -> !o.isConstant()).map(this::owner).toList();
  }

  private Node owner(Node node) {
    boolean folded = node.op() instanceof Op.Pad && users.get(node).stream()
        .allMatch(u -> u.op() instanceof Op.Conv2d || u.op() instanceof Op.DepthwiseConv2d);
    return folded || node.op() instanceof Op.Reshape ? owner(node.operand(0)) : node;
  }
}
