package io.bitwright.frontend.quantise.equalise;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.passes.WeightedOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two weighted operators, the second the only user of the first, with nothing between them that distinguishes a channel
 * times a positive factor from one without: what the first one's channels are divided by, the second one's weights may be
 * multiplied by.
 *
 * @param first  with no limits, or the lower one 0
 * @param second  through operators that act on each channel alone and commute with positive factors
 */
record Pair(WeightedOp first, WeightedOp second) {
  /** All pairs of a graph, those whose first runs first before others. */
  static List<Pair> of(Graph graph) {
    Map<Node, List<Node>> users = graph.users();
    List<Pair> pairs = new ArrayList<>();
    for (Node node : graph.nodes()) {
      WeightedOp.of(node).ifPresent(second -> {
        Node x = node.operand(0);
        while (isHomogeneous(x) && isOnlyUsed(graph, users, x)) {
          x = x.operand(0);
        }
        Optional<WeightedOp> first = isOnlyUsed(graph, users, x) ? WeightedOp.of(x) : Optional.empty();
        first.filter(f -> isHomogeneous(f.clamp()) && f.outputs() == inputs(second))
            .ifPresent(f -> pairs.add(new Pair(f, second)));
      });
    }
    return pairs;
  }

  private static int inputs(WeightedOp weighted) {
    return weighted.node().operand(0).type().shape().dim(-1);
  }

  private static boolean isOnlyUsed(Graph graph, Map<Node, List<Node>> users, Node node) {
    return users.get(node).size() == 1 && !graph.outputs().contains(node);
  }

  /** An upper limit becomes one a channel. */
  private static boolean isHomogeneous(Clamp limits) {
    return (limits.lo() == 0 || limits.lo() == Double.NEGATIVE_INFINITY) && limits.hi() > 0;
  }

  private static boolean isHomogeneous(Node node) {
    if (node.op() instanceof Op.MaxPool2d pool) {
      return pool.clamp().isNone();
    }
    if (node.op() instanceof Op.AveragePool2d pool) {
      return pool.clamp().isNone();
    }
    if (node.op() instanceof Op.Mean mean) {
      return !mean.axes().contains(node.operand(0).type().shape().rank() - 1);
    }
    boolean keepsChannels = node.op() instanceof Op.Pad pad && pad.value().isEmpty() || node.op() instanceof Op.Reshape;
    return keepsChannels && node.operand(0).type().shape().rank() > 0 && node.type().shape().rank() > 0
        && node.operand(0).type().shape().dim(-1) == node.type().shape().dim(-1);
  }
}
