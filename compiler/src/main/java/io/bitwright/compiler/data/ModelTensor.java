package io.bitwright.compiler.data;

import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;

/**
 * An input or output of a network as the model's file has it and as the compiled network does.
 *
 * @param type  as compiled: feature maps channels-last
 * @param view  where the file's tensor, which may be channels-first, lies in it
 */
public record ModelTensor(TensorType type, View view) {
  /** A tensor that the file has as the compiled network does. */
  public static ModelTensor of(TensorType type) {
    return new ModelTensor(type, View.natural(type.shape().dims()));
  }

  /** As the file has it. */
  public TensorType ownType() {
    return type.withShape(new Shape(view.shape()));
  }

  /** Elements in the file's order as the compiled network has them. */
  public byte[] toNetwork(byte[] own) {
    return view.isNatural() ? own : view.toMemory(own, type.element().sizeBytes());
  }

  /** Elements of the compiled network in the file's order. */
  public byte[] toOwn(byte[] network) {
    return view.isNatural() ? network : view.toOwn(network, type.element().sizeBytes());
  }
}
