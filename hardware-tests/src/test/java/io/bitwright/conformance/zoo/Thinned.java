package io.bitwright.conformance.zoo;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A float network with all of its operators, windows and connections but an eighth of its channels; for networks that
 * have no width of their own, without groups and slices. Channels that are no multiple of 8 stay: pictures and classes.
 */
final class Thinned {
  private static final int FACTOR = 8;

  private final Map<Node, Node> images = new IdentityHashMap<>();

  static Graph of(Graph graph) {
    Thinned thinned = new Thinned();
    graph.nodes().stream().filter(n -> !n.isConstant()).forEach(n -> thinned.images.put(n, thinned.image(n)));
    return new Graph(graph.name(), graph.inputs().stream().map(thinned.images::get).toList(),
        graph.outputs().stream().map(thinned.images::get).toList());
  }

  private Node image(Node node) {
    List<Node> operands = new ArrayList<>();
    for (Node operand : node.operands()) {
      operands.add(operand.isConstant() ? constant(node, operand) : images.get(operand));
    }
    return new Node(node.op(), operands, node.type().withShape(scaled(node.type().shape())), node.name(),
        node.location(), node.origins());
  }

  private static Shape scaled(Shape shape) {
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.set(dims.size() - 1, scaled(shape.dim(-1)));
    return new Shape(dims);
  }

  private static int scaled(int channels) {
    return channels % FACTOR == 0 ? channels / FACTOR : channels;
  }

  /** The first elements of a constant; weights grow as sums have fewer terms. */
  private static Node constant(Node user, Node constant) {
    boolean weights = user.op() instanceof Op.Conv2d || user.op() instanceof Op.FullyConnected;
    List<Integer> dims = new ArrayList<>(scaled(constant.type().shape()).dims());
    if (weights && dims.size() > 1) {
      dims.set(0, scaled(dims.get(0)));
    }
    Shape shape = new Shape(dims);
    boolean fewer = weights && dims.size() > 1 && !shape.dims().equals(constant.type().shape().dims())
        && shape.dim(-1) != constant.type().shape().dim(-1);
    float[] reals = Arrays.copyOf(constant.constant().reals(), shape.elements());
    for (int i = 0; fewer && i < reals.length; i++) {
      reals[i] *= (float) Math.sqrt(FACTOR);
    }
    return constant.replacedBy(new Op.Constant(constant.name(), TensorData.ofFloats(reals)), List.of(),
        constant.type().withShape(shape));
  }
}
