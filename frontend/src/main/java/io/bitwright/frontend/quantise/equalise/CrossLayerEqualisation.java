package io.bitwright.frontend.quantise.equalise;

import io.bitwright.frontend.quantise.range.Moments;
import io.bitwright.frontend.quantise.range.Observation;
import io.bitwright.frontend.quantise.range.Observations;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.passes.WeightedOp;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides the channels between two weighted operators by factors that make the ranges of both operators' weights alike,
 * channel by channel. What the network computes stays, up to the rounding of f32.
 *
 * <p>Source: Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", arXiv 1906.04721,
 * section 4.1: the factor is sqrt(r1 / r2), r1 and r2 the largest magnitudes of a channel's weights. Besides, no channel may
 * come to reach further than the furthest did: where small weights stand beside a large bias, the factor would make the
 * bias, and so the range of the whole tensor, larger by as much as the weights.
 */
public final class CrossLayerEqualisation {
  private static final int ROUNDS = 60;

  /** Factors nearer to 1 are none. */
  private static final double SETTLED = 1e-4;

  /** No channel is divided or multiplied by more. */
  private static final double LARGEST_FACTOR = 1 << 10;

  private final Map<Node, WeightedOp> operators = new LinkedHashMap<>();
  private final Map<Node, double[]> weights = new IdentityHashMap<>();
  /** The least that each operator's results may be divided by. */
  private final Map<Node, double[]> floors = new IdentityHashMap<>();
  /** What each operator's results are divided by. */
  private final Map<Node, double[]> factors = new IdentityHashMap<>();
  private final List<Pair> pairs;
  /** Operators of pairs and those between them whose results are divided. */
  private final Set<Node> divided = Collections.newSetFromMap(new IdentityHashMap<>());

  private CrossLayerEqualisation(List<Pair> pairs, Observations observations) {
    this.pairs = pairs;
    pairs.forEach(p -> floors.put(p.first().node(), floors(observations.of(p.first().node()))));
    for (Pair pair : pairs) {
      for (Node x = pair.second().node().operand(0); divided.add(x) && x != pair.first().node(); ) {
        x = x.operand(0);
      }
      for (WeightedOp operator : List.of(pair.first(), pair.second())) {
        operators.put(operator.node(), operator);
        float[] reals = operator.weights();
        double[] values = new double[reals.length];
        Arrays.setAll(values, i -> reals[i]);
        weights.put(operator.node(), values);
        double[] ones = new double[operator.outputs()];
        Arrays.fill(ones, 1);
        factors.put(operator.node(), ones);
      }
    }
  }

  private static double[] floors(Observation seen) {
    Moments moments = seen.moments().orElseThrow();
    double[] reached = new double[moments.channels()];
    Arrays.setAll(reached, moments::largest);
    double furthest = Arrays.stream(reached).max().orElse(0);
    Arrays.setAll(reached, c -> furthest == 0 ? 0 : reached[c] / furthest);
    return reached;
  }

  /**
   * The graph equalised.
   *
   * @param graph  f32, prepared for quantisation
   * @param observations  of this graph, with moments
   * @param clips  whether an upper limit may become one a channel, an operator of its own; else such pairs stay
   */
  public static Graph apply(Graph graph, Observations observations, boolean clips) {
    CrossLayerEqualisation equalisation = new CrossLayerEqualisation(pairs(graph, clips), observations);
    double change = SETTLED;
    for (int round = 0; round < ROUNDS && change >= SETTLED; round++) {
      change = equalisation.round();
    }
    return equalisation.rebuilt(graph);
  }

  /** Whether there is anything to equalise: where not, the graph need not be observed for it. */
  public static boolean applies(Graph graph, boolean clips) {
    return !pairs(graph, clips).isEmpty();
  }

  private static List<Pair> pairs(Graph graph, boolean clips) {
    return Pair.of(graph).stream().filter(p -> clips || p.first().clamp().hi() == Double.POSITIVE_INFINITY).toList();
  }

  private double round() {
    double change = 0;
    for (Pair pair : pairs) {
      change = Math.max(change, equalise(pair.first(), pair.second()));
    }
    return change;
  }

  /** The largest logarithm of a factor. */
  private double equalise(WeightedOp first, WeightedOp second) {
    double[] w1 = weights.get(first.node());
    double[] w2 = weights.get(second.node());
    double[] r1 = new double[first.outputs()];
    double[] r2 = new double[first.outputs()];
    for (int i = 0; i < w1.length; i++) {
      r1[first.output(i)] = Math.max(r1[first.output(i)], Math.abs(w1[i]));
    }
    for (int i = 0; i < w2.length; i++) {
      r2[second.input(i)] = Math.max(r2[second.input(i)], Math.abs(w2[i]));
    }
    double[] all = factors.get(first.node());
    double change = 0;
    double[] factor = new double[all.length];
    for (int c = 0; c < all.length; c++) {
      // A channel without weights on one side says nothing.
      double wanted = r1[c] > 0 && r2[c] > 0 ? Math.sqrt(r1[c] / r2[c]) : 1;
      double least = Math.max(floors.get(first.node())[c], 1 / LARGEST_FACTOR);
      double limited = Math.min(Math.max(all[c] * wanted, least), LARGEST_FACTOR);
      factor[c] = limited / all[c];
      all[c] = limited;
      change = Math.max(change, Math.abs(Math.log(factor[c])));
    }
    Arrays.setAll(w1, i -> w1[i] / factor[first.output(i)]);
    Arrays.setAll(w2, i -> w2[i] * factor[second.input(i)]);
    return change;
  }

  private Graph rebuilt(Graph graph) {
    Map<Node, Node> images = new IdentityHashMap<>();
    for (Node node : graph.nodes()) {
      List<Node> operands = node.operands().stream().map(images::get).toList();
      WeightedOp operator = operators.get(node);
      Node image = operator == null ? node.withOperands(operands) : scaled(operator, operands.get(0));
      // What has been divided is no longer what the source's operator gives.
      images.put(node, divided.contains(node) ? image.withOrigins(List.of()) : image);
    }
    return graph.mapped(images::get);
  }

  private Node scaled(WeightedOp operator, Node x) {
    double[] values = weights.get(operator.node());
    float[] reals = new float[values.length];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = (float) values[i];
    }
    double[] factor = factors.get(operator.node());
    float[] bias = operator.bias();
    for (int c = 0; c < bias.length; c++) {
      bias[c] = (float) (bias[c] / factor[c]);
    }
    Node node = operator.node();
    Clamp limits = operator.clamp();
    if (!divided.contains(node) || limits.hi() == Double.POSITIVE_INFINITY) {
      return operator.with(node, x, reals, bias, limits);
    }
    Node unlimited = operator.with(node, x, reals, bias, new Clamp(limits.lo(), Double.POSITIVE_INFINITY));
    return ChannelLimit.of(unlimited.withOrigins(List.of()), limits.hi(), factor);
  }
}
