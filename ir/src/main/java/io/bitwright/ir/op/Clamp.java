package io.bitwright.ir.op;

import io.bitwright.ir.type.TensorType;

/**
 * The range an operator's result is limited to: codes of the output type where that is quantised, reals where it is f32.
 *
 * @param lo  lower limit, negative infinity for none
 * @param hi  upper limit, positive infinity for none
 */
public record Clamp(double lo, double hi) {
  /** No limit besides the output type's own. */
  public static final Clamp NONE = new Clamp(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Clamp {
    if (!(lo <= hi)) {
      throw new IllegalArgumentException("empty clamp [" + lo + "," + hi + "]");
    }
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /** Both limits: first this one, then {@code then}. The result of applying one after the other. */
  public Clamp then(Clamp then) {
    double newLo = Math.min(Math.max(lo, then.lo), then.hi);
    double newHi = Math.min(Math.max(hi, then.lo), then.hi);
    return new Clamp(newLo, newHi);
  }

  /**
   * Limits given in reals as limits on an output of some type: codes where that is quantised.
   *
   * <p>Source: tensorflow/lite/kernels/kernel_util.cc, CalculateActivationRangeQuantized: limits are quantised in
   * float32, rounded half away from zero, and met with the type's own.
   */
  public Clamp inTermsOf(TensorType output) {
    return output.isFloat() ? this : new Clamp(code(lo, output), code(hi, output));
  }

  private static double code(double real, TensorType type) {
    float quotient = (float) real / type.scale();
    double rounded = Math.signum(quotient) * Math.floor(Math.abs((double) quotient) + 0.5);
    return Math.min(Math.max(type.zeroPoint() + rounded, type.element().min()), type.element().max());
  }
}
