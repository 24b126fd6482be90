package io.bitwright.ir.scalar;

/**
 * A positive real as {@code multiplier / 2^(31 - shift)}: how requantisation scales.
 *
 * @param multiplier  0, or in [2^30, 2^31)
 * @param shift  left shift in bits; negative for a right shift, at least -31
 */
public record FixedPoint(int multiplier, int shift) {
  public FixedPoint {
    if (multiplier < 0 || shift < -31 || shift > 31) {
      throw new IllegalArgumentException("multiplier " + multiplier + ", shift " + shift);
    }
  }

  /**
   * The nearest such number, half away from zero.
   *
   * <p>Source: tensorflow/lite/kernels/internal/quantization_util.cc, QuantizeMultiplier.
   *
   * @param real  finite, at least 0, below 2^31; below 2^-32 it becomes 0
   */
  public static FixedPoint of(double real) {
    if (!(real >= 0) || real >= 0x1p31) {
      throw new IllegalArgumentException("scale " + real + " must lie in [0, 2^31)");
    }
    if (real == 0) {
      return new FixedPoint(0, 0);
    }
    int shift = Math.getExponent(real) + 1;
    long multiplier = (long) Math.floor(Math.scalb(real, 31 - shift) + 0.5);
    if (multiplier == 1L << 31) {
      multiplier >>= 1;
      shift++;
    }
    return shift < -31 ? new FixedPoint(0, 0) : new FixedPoint((int) multiplier, shift);
  }

  /**
   * The multiplier as a 16-bit one, of {@code 2^(15 - shift)}.
   *
   * <p>Source: tensorflow/lite/kernels/internal/common.h, DownScaleInt32ToInt16Multiplier.
   */
  public int multiplier16() {
    return multiplier >= Integer.MAX_VALUE - (1 << 15) ? Short.MAX_VALUE : (multiplier + (1 << 15)) >> 16;
  }

  /** Bits to shift left first. */
  public int leftShift() {
    return Math.max(shift, 0);
  }

  /** Bits to shift right after. */
  public int rightShift() {
    return Math.max(-shift, 0);
  }
}
