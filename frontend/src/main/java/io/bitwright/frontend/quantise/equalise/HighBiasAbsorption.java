package io.bitwright.frontend.quantise.equalise;

import io.bitwright.frontend.quantise.range.Moments;
import io.bitwright.frontend.quantise.range.Observations;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.passes.WeightedOp;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a channel behind a ReLU hardly ever comes near zero, moves that distance from its bias into the biases of the
 * operator that reads it: {@code max(0, mean - 3 * deviation)}. The channel's range then begins near zero.
 *
 * <p>Source: Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", arXiv 1906.04721,
 * section 4.1.3, with mean and deviation measured instead of taken from a batch normalisation. The reader must have no
 * padding, since padding is zero before and after.
 */
public final class HighBiasAbsorption {
  private static final double DEVIATIONS = 3;

  private final Map<Node, Absorbed> byFirst = new IdentityHashMap<>();
  private final Map<Node, Absorbed> byLimit = new IdentityHashMap<>();
  private final Map<Node, Absorbed> bySecond = new IdentityHashMap<>();

  private HighBiasAbsorption() {}

  /** A distance for each channel between two operators, perhaps with a limit a channel between them. */
  private record Absorbed(WeightedOp first, WeightedOp second, double[] distances) {}

  /**
   * The graph with biases moved.
   *
   * @param graph  f32, prepared for quantisation, equalised or not
   * @param observations  of this graph, with moments
   */
  public static Graph apply(Graph graph, Observations observations) {
    HighBiasAbsorption absorption = new HighBiasAbsorption();
    Map<Node, List<Node>> users = graph.users();
    for (Node node : graph.nodes()) {
      Node x = node.operands().isEmpty() ? node : node.operand(0);
      boolean single = x != node && users.get(x).size() == 1 && !graph.outputs().contains(x);
      Node first = single && isLimit(x) ? x.operand(0) : x;
      boolean alone = single && (first == x || users.get(first).size() == 1 && !graph.outputs().contains(first));
      Optional<WeightedOp> second = alone ? WeightedOp.of(node).filter(w -> isUnpadded(node)) : Optional.empty();
      second.ifPresent(s -> WeightedOp.of(first).filter(f -> f.clamp().equals(RELU)).ifPresent(
          f -> absorption.add(new Absorbed(f, s, distances(observations.of(x).moments().orElseThrow())), x)));
    }
    return absorption.rebuilt(graph);
  }

  private static final Clamp RELU = new Clamp(0, Double.POSITIVE_INFINITY);

  private static boolean isLimit(Node node) {
    return node.op() instanceof Op.Elementwise op && op.function() == BinaryFunction.MIN && node.operand(1).isConstant()
        && node.operand(1).type().shape().elements() == node.type().shape().dim(-1);
  }

  private static boolean isUnpadded(Node node) {
    if (node.op() instanceof Op.Conv2d op) {
      return op.window().padding().equals(Padding.NONE);
    }
    return node.op() instanceof Op.DepthwiseConv2d op ? op.window().padding().equals(Padding.NONE)
        : node.op() instanceof Op.FullyConnected;
  }

  private static double[] distances(Moments moments) {
    double[] distances = new double[moments.channels()];
    Arrays.setAll(distances, c -> Math.max(0, moments.mean(c) - DEVIATIONS * moments.deviation(c)));
    return distances;
  }

  private void add(Absorbed absorbed, Node between) {
    if (Arrays.stream(absorbed.distances()).anyMatch(d -> d > 0)) {
      byFirst.put(absorbed.first().node(), absorbed);
      byLimit.put(between, absorbed);
      bySecond.put(absorbed.second().node(), absorbed);
    }
  }

  private Graph rebuilt(Graph graph) {
    Map<Node, Node> images = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      images.put(node, rebuilt(node, node.operands().stream().map(images::get).toList()));
    }
    return graph.mapped(images::get);
  }

  private Node rebuilt(Node node, List<Node> operands) {
    Optional<WeightedOp> weighted = byFirst.containsKey(node) || bySecond.containsKey(node)
        ? WeightedOp.of(node) : Optional.empty();
    if (weighted.isEmpty()) {
      return byLimit.containsKey(node)
          ? ChannelLimit.lowered(node, operands.get(0), byLimit.get(node).distances()) : node.withOperands(operands);
    }
    WeightedOp operator = weighted.get();
    double[] bias = new double[operator.outputs()];
    float[] old = operator.bias();
    Arrays.setAll(bias, c -> old[c]);
    if (bySecond.containsKey(node)) {
      double[] distances = bySecond.get(node).distances();
      float[] weights = operator.weights();
      for (int i = 0; i < weights.length; i++) {
        bias[operator.output(i)] += weights[i] * distances[operator.input(i)];
      }
    }
    boolean isFirst = byFirst.containsKey(node);
    if (isFirst) {
      double[] distances = byFirst.get(node).distances();
      Arrays.setAll(bias, c -> bias[c] - distances[c]);
    }
    for (int c = 0; c < bias.length; c++) {
      old[c] = (float) bias[c];
    }
    Node image = operator.with(node, operands.get(0), operator.weights(), old, operator.clamp());
    return isFirst ? image.withOrigins(List.of()) : image;
  }
}
