package io.bitwright.conformance.golden;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The most bytes that a graph as imported needs at one time when its operators run one by one in the file's order: an
 * operator's operands and result, and what a later one still reads. A pad in front of a convolution needs no tensor of
 * its own, nor does a reshape; softmax and element-wise operators write onto an operand that dies. Independent of the
 * memory planner, which it is compared with.
 */
final class PeakLiveness {
  private final Map<Node, List<Node>> users;
  private final List<Node> owners = new ArrayList<>();
  private final Map<Node, Integer> first = new IdentityHashMap<>();
  private final Map<Node, Integer> last = new IdentityHashMap<>();

  private PeakLiveness(Graph graph) {
    users = graph.users();
    graph.nodes().stream().filter(n -> !n.isConstant() && owner(n) == n).forEach(owners::add);
    int step = 0;
    for (Node node : owners) {
      first.put(node, node.op() instanceof Op.Input ? 0 : ++step);
      last.put(node, first.get(node));
      operands(node).forEach(o -> last.put(o, first.get(node)));
    }
    int end = step;
    graph.outputs().forEach(o -> last.put(owner(o), end));
  }

  static int of(Graph graph) {
    PeakLiveness liveness = new PeakLiveness(graph);
    return liveness.owners.stream().mapToInt(n -> liveness.bytesAt(liveness.first.get(n))).max().orElse(0);
  }

  private int bytesAt(int step) {
    int bytes = 0;
    for (Node node : owners) {
      boolean live = first.get(node) <= step && step <= last.get(node);
      boolean counted = first.get(node) == step && ontoOperand(node);
      bytes += live && !counted ? node.type().sizeBytes() : 0;
    }
    return bytes;
  }

  private boolean ontoOperand(Node node) {
    boolean elementwise = node.op() instanceof Op.Softmax || node.op() instanceof Op.Add
        || node.op() instanceof Op.Mul || node.op() instanceof Op.Relu || node.op() instanceof Op.Logistic
        || node.op() instanceof Op.HardSwish || node.op() instanceof Op.Quantize;
    return elementwise && operands(node).stream().anyMatch(
        o -> last.get(o).equals(first.get(node)) && o.type().sizeBytes() == node.type().sizeBytes());
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
