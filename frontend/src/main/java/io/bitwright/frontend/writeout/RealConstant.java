package io.bitwright.frontend.writeout;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.Collections;
import java.util.List;

/** Constants that a rewrite puts beside an operator. */
public final class RealConstant {
  private RealConstant() {}

  /** One element, of as many dimensions as the node's result has. */
  public static Node of(Node node, String suffix, float value) {
    Shape shape = new Shape(Collections.nCopies(node.type().shape().rank(), 1));
    return of(node, suffix, shape, value);
  }

  public static Node of(Node node, String suffix, Shape shape, float... values) {
    String name = node.name() + "/" + suffix;
    Op op = new Op.Constant(name, TensorData.ofFloats(values));
    return new Node(op, List.of(), TensorType.f32(shape), name, node.location(), List.of());
  }
}
