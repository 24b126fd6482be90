package io.bitwright.compiler.data;

import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.Optional;

/**
 * An input or output of a network as the model's file has it and as the compiled network does.
 *
 * @param name  in the file; empty for a tensor of no network
 * @param type  as compiled: feature maps channels-last
 * @param view  where the file's tensor, which may be channels-first, lies in it
 * @param conversion  where the file has reals and the compiled network their codes
 */
public record ModelTensor(String name, TensorType type, View view, Optional<HostConversion> conversion) {
  /** A tensor whose elements are the same in the file and in the compiled network. */
  public ModelTensor(TensorType type, View view) {
    this("", type, view, Optional.empty());
  }

  /** A tensor that the file has as the compiled network does. */
  public static ModelTensor of(TensorType type) {
    return new ModelTensor(type, View.natural(type.shape().dims()));
  }

  /** As the file has it. */
  public TensorType ownType() {
    return ofFile().type.withShape(new Shape(view.shape()));
  }

  /** The tensor in the compiled network's order with the file's elements. */
  ModelTensor ofFile() {
    return conversion.isEmpty() ? this : new ModelTensor(name, TensorType.f32(type.shape()), view, Optional.empty());
  }

  /** Elements in the file's order as the compiled network has them. */
  public byte[] toNetwork(byte[] own) {
    return converted(view.isNatural() ? own : view.toMemory(own, ownType().element().sizeBytes()));
  }

  /** Elements of the file in the compiled network's order as the compiled network has them. */
  byte[] converted(byte[] ordered) {
    return conversion.map(c -> c.codes(ordered, type)).orElse(ordered);
  }

  /** Elements of the compiled network as the file has them. */
  public byte[] toOwn(byte[] network) {
    byte[] elements = conversion.map(c -> c.reals(network, type)).orElse(network);
    return view.isNatural() ? elements : view.toOwn(elements, ownType().element().sizeBytes());
  }
}
