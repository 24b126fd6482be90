package io.bitwright.ir.cost;

import io.bitwright.ir.type.TensorType;

/** Activations that go to or come from memory, in elements and in bytes of their types. */
public record Traffic(long elements, long bytes) {
  static final Traffic NONE = new Traffic(0, 0);

  static Traffic of(TensorType tensor) {
    return new Traffic(tensor.shape().elements(), tensor.sizeBytes());
  }

  Traffic plus(Traffic other) {
    return new Traffic(elements + other.elements, bytes + other.bytes);
  }
}
