package io.bitwright.frontend.tflite.export;

import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.OptionalInt;

/** ResultLimits of a result in terms of the schema's activation functions. */
final class ResultLimits {
  private ResultLimits() {}

  /** The limits as they act on a type: within its codes, or reals. */
  static Clamp effective(Clamp clamp, TensorType type) {
    return type.isFloat() ? clamp
        : new Clamp(Math.max(clamp.lo(), type.element().min()), Math.min(clamp.hi(), type.element().max()));
  }

  /** The number of an activation function with the same limits; the least specific one where several have. */
  static OptionalInt fused(Clamp clamp, TensorType type) {
    if (clamp.isNone()) {
      return OptionalInt.of(number(Activation.NONE));
    }
    Clamp wanted = effective(clamp, type);
    for (Activation activation : List.of(Activation.RELU, Activation.RELU6, Activation.RELU_N1_TO_1, Activation.NONE)) {
      if (wanted.equals(effective(activation.clampFor(type), type))) {
        return OptionalInt.of(number(activation));
      }
    }
    return OptionalInt.empty();
  }

  private static int number(Activation activation) {
    return switch (activation) {
      case NONE -> 0;
      case RELU -> 1;
      case RELU_N1_TO_1 -> 2;
      case RELU6 -> 3;
    };
  }
}
