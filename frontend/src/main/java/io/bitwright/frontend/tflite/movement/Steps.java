package io.bitwright.frontend.tflite.movement;

import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators of ours one after the other, the last of which gives a result of the file's operator. */
public final class Steps {
  private final OperatorSite site;
  private Node node;
  private Optional<Op> last = Optional.empty();
  private List<Integer> dims;

  public Steps(OperatorSite site, Node from) {
    this.site = site;
    this.node = from;
    this.dims = from.type().shape().dims();
  }

  /** The shape so far. */
  public List<Integer> dims() {
    return dims;
  }

  /** One more operator, whose result has the same type under this shape. */
  public Steps then(Op op, List<Integer> shape) {
    node = current();
    last = Optional.of(op);
    dims = List.copyOf(shape);
    return this;
  }

  /** The same elements under another shape. */
  public Steps reshaped(List<Integer> shape) {
    return shape.equals(dims) ? this : then(new Op.Reshape(), shape);
  }

  /** Index i of dimension {@code axis} is index {@code indices[i]} of what there was. */
  public Steps gathered(int axis, List<Integer> indices) {
    List<Integer> shape = new ArrayList<>(dims);
    shape.set(axis, indices.size());
    return then(new Op.Gather(axis, indices), shape);
  }

  /** The dimensions in another order. */
  public Steps transposed(List<Integer> order) {
    return then(new Op.Transpose(order), order.stream().map(dims::get).toList());
  }

  /** The node so far, as one that no operator of the file has. */
  public Node current() {
    return last.map(op -> site.inserted(op, node, node.type().withShape(new Shape(dims)))).orElse(node);
  }

  /** The first result, of the shape so far. */
  public Node result() {
    return result(0);
  }

  /** A result, of the shape so far. */
  public Node result(int result) {
    site.requireResultShape(result, dims);
    return site.node(result, last.orElse(new Op.Reshape()), node);
  }
}
