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

  /**
   * The limits on an output of the given type, in codes or reals.
   *
   * <p>Source: tensorflow/lite/kernels/kernel_util.cc, CalculateActivationRangeQuantized: limits are quantised in
   * float32, rounded half away from zero, and met with the type's own.
   */
  public Clamp clampFor(TensorType output) {
    if (this == NONE) {
      return Clamp.NONE;
    }
    if (output.isFloat()) {
      return new Clamp(lo, hi);
    }
    double min = output.element().min();
    double max = output.element().max();
    double low = Double.isInfinite(lo) ? min : Math.max(min, quantize(lo, output));
    double high = Double.isInfinite(hi) ? max : Math.min(max, quantize(hi, output));
    return new Clamp(low, high);
  }

  private static double quantize(double real, TensorType type) {
    float quotient = (float) real / type.scale();
    double rounded = Math.signum(quotient) * Math.floor(Math.abs((double) quotient) + 0.5);
    return type.zeroPoint() + rounded;
  }
}
