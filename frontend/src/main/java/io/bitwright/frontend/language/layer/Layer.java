package io.bitwright.frontend.language.layer;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.Shape;
import java.util.List;
import java.util.Objects;

/**
 * One layer of a network: an operator on other layers' results. Identity equality; immutable.
 *
 * <p>Its shape is 1xHxWxC, or 1xN after flattening.
 */
public final class Layer {
  private final String name;
  private final LayerOp op;
  private final List<Layer> inputs;
  private final Shape shape;
  private final SourceLocation location;

  public Layer(String name, LayerOp op, List<Layer> inputs, Shape shape, SourceLocation location) {
    this.name = Objects.requireNonNull(name);
    this.op = Objects.requireNonNull(op);
    this.inputs = List.copyOf(inputs);
    this.shape = Objects.requireNonNull(shape);
    this.location = Objects.requireNonNull(location);
  }

  /** Unique in its network: block names and ordinals joined with slashes; weights are found by it. */
  public String name() {
    return name;
  }

  public LayerOp op() {
    return op;
  }

  public List<Layer> inputs() {
    return inputs;
  }

  public Layer input() {
    return inputs.get(0);
  }

  public Shape shape() {
    return shape;
  }

  /** Where the description asks for it. */
  public SourceLocation location() {
    return location;
  }

  /** Rows; 1 for a vector. */
  public int height() {
    return shape.rank() == 4 ? shape.dim(1) : 1;
  }

  /** Columns; 1 for a vector. */
  public int width() {
    return shape.rank() == 4 ? shape.dim(2) : 1;
  }

  public int channels() {
    return shape.dim(-1);
  }
}
