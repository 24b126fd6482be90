package io.bitwright.ir.cost;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What a network costs, operator by operator. A constant is counted once, however many use it; a multiply-accumulate is
 * one of a convolution or fully connected layer, padding taps included, and nothing else.
 *
 * @param trainableParameters  constants but for the moving statistics of batch normalisations
 * @param foldedParameters  what is left once every batch normalisation behind a convolution or fully connected layer is
 *     part of its weights and bias; one that stands elsewhere keeps a factor and a term a channel
 * @param convolutionTraffic  what convolutions and fully connected layers read and write, on their own and fused
 */
public record NetworkCost(List<LayerCost> layers, long trainableParameters, long foldedParameters,
    ConvolutionTraffic convolutionTraffic) {
  public NetworkCost {
    layers = List.copyOf(layers);
  }

  public static NetworkCost of(Graph graph) {
    Set<Node> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    ReceptiveFields fields = new ReceptiveFields(graph);
    List<LayerCost> layers = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!node.isConstant() && !(node.op() instanceof Op.Input)) {
        layers.add(layer(node, counted, fields.of(node)));
      }
    }
    long all = sum(layers, LayerCost::parameters);
    List<Node> norms = graph.nodes().stream().filter(n -> n.op() instanceof Op.BatchNorm).toList();
    long statistics = sum(norms, n -> 2L * n.operand(1).constant().elements());
    long normalisation = sum(norms, n -> (n.operands().size() - 1L) * n.operand(1).constant().elements());
    return new NetworkCost(layers, all - statistics, all - normalisation + sum(norms, NetworkCost::leftByFolding),
        ConvolutionTraffic.of(graph));
  }

  /** Constants that a folded batch normalisation leaves: a bias, where the layer before it had none. */
  private static long leftByFolding(Node norm) {
    long channels = norm.operand(1).constant().elements();
    Node producer = norm.operand(0);
    boolean weighted = producer.op() instanceof Op.Conv2d || producer.op() instanceof Op.DepthwiseConv2d
        || producer.op() instanceof Op.FullyConnected;
    if (!weighted) {
      return 2 * channels;
    }
    return producer.operands().size() > 2 ? 0 : channels;
  }

  private static LayerCost layer(Node node, Set<Node> counted, ReceptiveField field) {
    List<Node> constants = node.operands().stream().filter(o -> o.isConstant() && counted.add(o)).toList();
    List<Node> activations = node.operands().stream().filter(o -> !o.isConstant()).toList();
    return new LayerCost(node.name(), OpKind.of(node.op()).mnemonic(),
        activations.stream().map(o -> o.type().shape()).toList(), node.type().shape(),
        sum(constants, o -> o.constant().elements()), macs(node), sum(constants, o -> o.constant().sizeBytes()),
        sum(activations, o -> o.type().sizeBytes()) + node.type().sizeBytes(), field);
  }

  private static long macs(Node node) {
    long outputs = node.type().shape().elements();
    if (node.op() instanceof Op.Conv2d) {
      Shape weights = node.operand(1).type().shape();
      return outputs * weights.dim(1) * weights.dim(2) * weights.dim(3);
    }
    if (node.op() instanceof Op.DepthwiseConv2d depthwise) {
      Window window = depthwise.window();
      return outputs * window.taps();
    }
    return node.op() instanceof Op.FullyConnected ? outputs * node.operand(1).type().shape().dim(-1) : 0;
  }

  public long parameters() {
    return sum(layers, LayerCost::parameters);
  }

  public long macs() {
    return sum(layers, LayerCost::macs);
  }

  public long weightBytes() {
    return sum(layers, LayerCost::weightBytes);
  }

  /** Activations read and written when every operator runs on its own. */
  public long trafficBytes() {
    return sum(layers, LayerCost::trafficBytes);
  }

  /** The layer with the largest receptive field that has positions, the last of several: the last feature map. */
  public Optional<LayerCost> lastMap() {
    return layers.stream().filter(l -> l.receptiveField().window().isPresent())
        .reduce((a, b) -> area(b) >= area(a) ? b : a);
  }

  private static long area(LayerCost layer) {
    return layer.receptiveField().window().orElseThrow().area();
  }

  private static <T> long sum(List<T> items, ToLongFunction<T> of) {
    return items.stream().mapToLong(of).sum();
  }
}
