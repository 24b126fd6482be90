package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.SiblingRule;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Pointwise convolutions of one tensor are one with all their filters, and slices of its channels, which are read where
 * they lie: the tensor is read once instead of once by each.
 *
 * <p>It pays where a slice is as good as a tensor, so that nothing is copied for it: each is read by convolutions and
 * pools only, not by a concatenation, which it would otherwise be written into, and not by what writes onto its operand.
 * And it pays only where the network needs no more memory, since the whole lives as long as one slice is read.
 */
final class MergeConvolutions implements SiblingRule {
  /** What convolutions must agree in. */
  private record Key(Op op, ElementType element, Quantization quantization, Quantization weights, ElementType bias) {}

  @Override
  public Map<Node, Node> apply(Node tensor, List<Node> readers, Graph graph) {
    Map<Node, Node> replacements = new LinkedHashMap<>();
    List<Node> pointwise = readers.stream().filter(r -> isPointwise(r, tensor)).toList();
    if (pointwise.size() > 1) {
      Map<Node, List<Node>> users = graph.users();
      LiveBytes live = new LiveBytes(graph);
      pointwise.stream()
          .filter(n -> !graph.outputs().contains(n) && users.get(n).stream().allMatch(MergeConvolutions::readsSlices))
          .collect(Collectors.groupingBy(MergeConvolutions::key, LinkedHashMap::new, Collectors.toList()))
          .values().stream()
          .filter(group -> group.size() > 1 && live.peakWithOneFor(group) <= live.peak())
          .findFirst().ifPresent(group -> merge(tensor, group, replacements));
    }
    return replacements;
  }

  private static boolean isPointwise(Node node, Node tensor) {
    return node.op() instanceof Op.Conv2d conv && conv.window().isPoint() && conv.groups() == 1
        && node.operand(0) == tensor;
  }

  private static boolean readsSlices(Node user) {
    return user.op() instanceof Op.Conv2d || user.op() instanceof Op.DepthwiseConv2d
        || user.op() instanceof Op.AveragePool2d || user.op() instanceof Op.MaxPool2d || user.op() instanceof Op.Mean;
  }

  private static Key key(Node node) {
    Quantization weights = node.operand(1).type().quantization();
    Quantization common = weights instanceof Quantization.PerAxis ? Quantization.NONE : weights;
    return new Key(node.op(), node.type().element(), node.type().quantization(), common, biasElement(node));
  }

  private static void merge(Node tensor, List<Node> group, Map<Node, Node> replacements) {
    Node first = group.get(0);
    int filters = group.stream().mapToInt(n -> n.type().shape().dim(3)).sum();
    List<Integer> dims = new ArrayList<>(first.type().shape().dims());
    dims.set(3, filters);
    String name = group.stream().map(Node::name).collect(Collectors.joining("+"));
    Node merged = new Node(first.op(), List.of(tensor, weights(group, name, filters), bias(group, name, filters)),
        first.type().withShape(new Shape(dims)), name, first.location(), List.of());
    int from = 0;
    for (Node node : group) {
      Op slice = new Op.Slice(List.of(0, 0, 0, from), node.type().shape().dims());
      replacements.put(node, node.replacedBy(slice, List.of(merged), node.type()));
      from += node.type().shape().dim(3);
    }
  }

  private static Node weights(List<Node> group, String name, int filters) {
    TensorType type = group.get(0).operand(1).type();
    List<Integer> dims = new ArrayList<>(type.shape().dims());
    dims.set(0, filters);
    Quantization quantization = type.quantization();
    if (quantization instanceof Quantization.PerAxis axis) {
      List<Float> scales = new ArrayList<>();
      group.forEach(n -> scales.addAll(((Quantization.PerAxis) n.operand(1).type().quantization()).scales()));
      quantization = new Quantization.PerAxis(axis.axis(), scales);
    }
    List<TensorData> parts = group.stream().map(n -> n.operand(1).constant()).toList();
    TensorType all = new TensorType(new Shape(dims), type.element(), quantization);
    return constant(name + "/weights", parts, all, group.get(0));
  }

  private static Node bias(List<Node> group, String name, int filters) {
    ElementType element = biasElement(group.get(0));
    List<TensorData> parts = group.stream()
        .map(n -> n.operands().size() > 2 ? n.operand(2).constant()
            : TensorData.ofRaw(element, new byte[n.type().shape().dim(3) * element.sizeBytes()])).toList();
    return constant(name + "/bias", parts, TensorType.plain(Shape.of(filters), element), group.get(0));
  }

  /** Of 16-bit codes it tells how wide the sums are; without a bias they have 64 bits. */
  private static ElementType biasElement(Node node) {
    if (node.operands().size() > 2) {
      return node.operand(2).type().element();
    }
    return switch (node.type().element()) {
      case F32 -> ElementType.F32;
      case I16 -> ElementType.I64;
      default -> ElementType.I32;
    };
  }

  private static Node constant(String name, List<TensorData> parts, TensorType type, Node at) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    parts.forEach(part -> bytes.writeBytes(part.toRaw()));
    Op contents = new Op.Constant(name, TensorData.ofRaw(type.element(), bytes.toByteArray()));
    return new Node(contents, List.of(), type, name, at.location(), List.of());
  }
}
