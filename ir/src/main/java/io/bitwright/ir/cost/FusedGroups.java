package io.bitwright.ir.cost;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which convolutions of a graph follow each other so that they could run as one, and what they read and write.
 *
 * <p>A pair is a depthwise convolution and a pointwise one (1x1, stride 1, one group) of its output. A block is a pair
 * and the pointwise convolution, not of a pair itself, that makes its input. They must be neighbours in the order of
 * the source, and only operators element by element may stand between them.
 */
final class FusedGroups {
  enum Extent { LAYER, PAIR, BLOCK }

  private final Graph graph;
  private final ElementwiseSources sources;
  private final Map<Node, List<Node>> users;
  /** Convolutions and fully connected layers in the source's own order, where all of them have one. */
  private final List<Node> layers;

  FusedGroups(Graph graph) {
    this.graph = graph;
    this.sources = new ElementwiseSources(graph);
    this.users = graph.users();
    List<Node> found = graph.nodes().stream().filter(n -> n.op() instanceof Op.Conv2d
        || n.op() instanceof Op.DepthwiseConv2d || n.op() instanceof Op.FullyConnected).toList();
    boolean ordered = found.stream().noneMatch(n -> n.origins().isEmpty());
    this.layers = ordered ? found.stream().sorted(Comparator.comparing(n -> n.origins().get(0))).toList() : found;
  }

  private static boolean isPointwise(Node node) {
    return node.op() instanceof Op.Conv2d conv && conv.groups() == 1 && conv.window().isPoint();
  }

  private static boolean isDepthwise(Node node) {
    return node.op() instanceof Op.DepthwiseConv2d || node.op() instanceof Op.Conv2d conv && conv.groups() > 1
        && conv.groups() == node.operand(0).type().shape().dim(-1);
  }

  private boolean follows(int layer) {
    return layer > 0 && sources.of(layers.get(layer).operand(0)) == layers.get(layer - 1);
  }

  private boolean endsPair(int layer) {
    return follows(layer) && isPointwise(layers.get(layer)) && isDepthwise(layers.get(layer - 1));
  }

  private boolean endsBlock(int layer) {
    return endsPair(layer) && follows(layer - 1) && isPointwise(layers.get(layer - 2)) && !endsPair(layer - 2);
  }

  /** The layers but for the last of each group. */
  private Set<Node> inner(Extent extent) {
    Set<Node> inner = new HashSet<>();
    for (int i = 0; i < layers.size(); i++) {
      if (extent != Extent.LAYER && endsPair(i)) {
        inner.add(layers.get(i - 1));
      }
      if (extent == Extent.BLOCK && endsBlock(i)) {
        inner.add(layers.get(i - 2));
      }
    }
    return inner;
  }

  /** What is read and written where groups go as far as that. */
  Traffic traffic(Extent extent) {
    Set<Node> inner = inner(extent);
    Traffic sum = Traffic.NONE;
    for (int i = 0; i < layers.size(); i++) {
      Node layer = layers.get(i);
      sum = inner.contains(layer) ? sum : sum.plus(Traffic.of(layer.type()));
      sum = i > 0 && inner.contains(layers.get(i - 1)) ? sum : sum.plus(Traffic.of(unpadded(layer.operand(0)).type()));
    }
    return sum;
  }

  /** Tensors inside of such groups that something outside reads, or that the graph returns. */
  Traffic shared(Extent extent) {
    return inner(extent).stream().filter(this::isReadOutside).map(n -> Traffic.of(n.type()))
        .reduce(Traffic.NONE, Traffic::plus);
  }

  private boolean isReadOutside(Node inner) {
    List<Node> readers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (sources.of(node) == inner) {
        readers.addAll(graph.outputs().contains(node) ? List.of(node, node) : List.of());
        users.get(node).stream().filter(u -> sources.of(u) != inner).forEach(readers::add);
      }
    }
    return readers.size() > 1;
  }

  private static Node unpadded(Node node) {
    return node.op() instanceof Op.Pad pad && pad.value().isEmpty() ? unpadded(node.operand(0)) : node;
  }
}
