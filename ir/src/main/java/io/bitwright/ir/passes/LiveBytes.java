package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes of the tensors that are needed while each node of a graph runs. An estimate for rules, made before there are
 * kernels and a plan: nodes run one by one in the graph's order, reshapes and slices lie in what they are of, and nothing
 * else shares memory.
 */
final class LiveBytes {
  private final Map<Node, Integer> firsts = new IdentityHashMap<>();
  private final Map<Node, Integer> lasts = new IdentityHashMap<>();
  private final long[] live;

  LiveBytes(Graph graph) {
    List<Node> nodes = graph.nodes();
    for (int step = 0; step < nodes.size(); step++) {
      firsts.put(nodes.get(step), step);
      lasts.put(root(nodes.get(step)), step);
      for (Node operand : nodes.get(step).operands()) {
        lasts.put(root(operand), step);
      }
    }
    graph.outputs().forEach(o -> lasts.put(root(o), nodes.size()));
    graph.inputs().forEach(i -> firsts.put(i, 0));
    live = new long[nodes.size() + 1];
    nodes.stream().filter(n -> !n.isConstant() && root(n) == n).forEach(n -> add(live, n, n.type().sizeBytes()));
  }

  private static Node root(Node node) {
    boolean lies = node.op() instanceof Op.Slice || node.op() instanceof Op.Reshape;
    return lies ? root(node.operand(0)) : node;
  }

  private void add(long[] bytes, Node node, long size) {
    for (int step = firsts.get(node); step <= lasts.get(node); step++) {
      bytes[step] += size;
    }
  }

  /** The most at one step. */
  long peak() {
    return Arrays.stream(live).max().orElse(0);
  }

  /** The most at one step where one tensor holds several: from the first of them on, as long as any is read. */
  long peakWithOneFor(List<Node> parts) {
    long[] joined = live.clone();
    parts.forEach(part -> add(joined, part, -part.type().sizeBytes()));
    int first = parts.stream().mapToInt(firsts::get).min().orElseThrow();
    int last = parts.stream().mapToInt(lasts::get).max().orElseThrow();
    for (int step = first; step <= last; step++) {
      joined[step] += parts.stream().mapToLong(part -> part.type().sizeBytes()).sum();
    }
    return Arrays.stream(joined).max().orElse(0);
  }
}
