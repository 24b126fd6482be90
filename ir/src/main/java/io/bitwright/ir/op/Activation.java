package io.bitwright.ir.op;

import io.bitwright.ir.type.TensorType;

/** The clamp-like activation functions of TFLite. */
public enum Activation {
  NONE(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
  RELU(0, Double.POSITIVE_INFINITY),
  RELU6(0, 6),
  RELU_N1_TO_1(-1, 1);

  private final double lo;
  private final double hi;

  Activation(double lo, double hi) {
    this.lo = lo;
    this.hi = hi;
  }

  /** The limits on an output of the given type, in codes or reals. */
  public Clamp clampFor(TensorType output) {
    return this == NONE ? Clamp.NONE : new Clamp(lo, hi).inTermsOf(output);
  }
}
