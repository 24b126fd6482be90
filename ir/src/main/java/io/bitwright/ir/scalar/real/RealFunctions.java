package io.bitwright.ir.scalar.real;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;

/** Functions of f32 by polynomials, each step rounded to float32 in the order given here. */
final class RealFunctions {
  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;
  private static final float[] EXP_POLYNOMIAL = {
    1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f
  };
  private static final float[] LOG_POLYNOMIAL = {
    7.0376836292e-2f, -1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f, -1.6668057665e-1f,
    2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f
  };
  private static final float[] TANH_POLYNOMIAL = {
    -5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f, 1.33314422036e-1f, -3.33332819422e-1f
  };

  private RealFunctions() {}

  /**
   * exp to about 2 units in the last place: range reduction by ln 2 in two parts and a polynomial of degree 5 for
   * {@code (exp(r) - 1 - r) / r^2} (coefficients of Cephes' expf). Inputs are limited to [-87.3, 88.3].
   */
  static Value exp(ScalarBuilder b, Value x) {
    Value limited = b.realMin(b.realMax(x, b.real(-87.3f)), b.real(88.3f));
    Value t = b.realMul(limited, b.real(LOG2_E));
    Value half = b.select(b.less(t, b.real(0)), b.real(-0.5f), b.real(0.5f));
    Value k = b.toInt(b.realAdd(t, half), Interval.of(-126, 127));
    Value kReal = b.fromInt(k);
    Value r = b.realSub(b.realSub(limited, b.realMul(kReal, b.real(LN2_HIGH))), b.realMul(kReal, b.real(LN2_LOW)));
    Value p = horner(b, EXP_POLYNOMIAL, r);
    Value y = b.realAdd(b.realAdd(b.realMul(b.realMul(p, r), r), r), b.real(1));
    return b.realMul(y, b.fromBits(b.shl(b.add(k, 127), b.constant(23))));
  }

  /**
   * The hyperbolic tangent to about 2 units in the last place: an odd polynomial of degree 11 below 0.625 (Cephes'
   * tanhf), {@code 1 - 2 / (exp(2 |x|) + 1)} with the argument's sign above.
   */
  static Value tanh(ScalarBuilder b, Value x) {
    Value magnitude = b.realMax(x, b.realSub(b.real(0), x));
    Value square = b.realMul(x, x);
    Value p = horner(b, TANH_POLYNOMIAL, square);
    Value near = b.realAdd(b.realMul(b.realMul(p, square), x), x);
    Value e = exp(b, b.realAdd(magnitude, magnitude));
    Value far = b.realSub(b.real(1), b.realDiv(b.real(2), b.realAdd(e, b.real(1))));
    Value signed = b.select(b.less(x, b.real(0)), b.realSub(b.real(0), far), far);
    return b.select(b.less(magnitude, b.real(0.625f)), near, signed);
  }

  /**
   * The natural logarithm: {@code x = m * 2^e} with m in [sqrt(1/2), sqrt(2)) and a polynomial of degree 8 for
   * {@code (log(1 + r) - r + r^2 / 2) / r^3} (coefficients of Cephes' logf). Inputs are limited to [2^-126, 2^127].
   */
  static Value log(ScalarBuilder b, Value x) {
    Value limited = b.realMin(b.realMax(x, b.real(Float.MIN_NORMAL)), b.real(0x1p127f));
    Value bits = b.toBits(limited);
    Value fraction = b.lowBits(bits, 23);
    Value upper = b.less(b.constant(0x3504f3), fraction);
    Value exponent = b.add(b.sub(b.shr(bits, b.constant(23)), b.constant(127)), upper);
    Value m = b.fromBits(b.add(fraction, b.select(upper, b.constant(126L << 23), b.constant(127L << 23))));
    Value e = b.fromInt(exponent);
    Value r = b.realSub(m, b.real(1));
    Value square = b.realMul(r, r);
    Value y = b.realMul(b.realMul(horner(b, LOG_POLYNOMIAL, r), r), square);
    y = b.realAdd(y, b.realMul(e, b.real(LN2_LOW)));
    y = b.realSub(y, b.realMul(b.real(0.5f), square));
    return b.realAdd(b.realAdd(r, y), b.realMul(e, b.real(LN2_HIGH)));
  }

  /** exp of any x: beyond 80 the square of exp(x / 2), so that it overflows and underflows where it should. */
  static Value expOfAll(ScalarBuilder b, Value x) {
    Value magnitude = b.realMax(x, b.realSub(b.real(0), x));
    Value half = exp(b, b.realMul(x, b.real(0.5f)));
    return b.select(b.less(b.real(80), magnitude), b.realMul(half, half), exp(b, x));
  }

  /** The square root to about 1 unit in the last place, by its reciprocal and a Newton step. */
  static Value sqrt(ScalarBuilder b, Value x) {
    Value reciprocal = positiveRsqrt(b, x);
    Value root = b.realMul(x, reciprocal);
    Value rest = b.realSub(x, b.realMul(root, root));
    root = b.realAdd(root, b.realMul(b.realMul(b.real(0.5f), reciprocal), rest));
    root = b.select(b.less(b.real(Float.MAX_VALUE), x), x, root);
    Value other = b.select(b.less(x, b.real(0)), b.real(Float.NaN), x);
    return b.select(b.less(b.real(0), x), root, other);
  }

  /** {@code 1 / sqrt(x)} to about 1 unit in the last place. */
  static Value rsqrt(ScalarBuilder b, Value x) {
    Value y = b.select(b.less(b.real(Float.MAX_VALUE), x), b.real(0), positiveRsqrt(b, x));
    Value other = b.select(b.less(x, b.real(0)), b.real(Float.NaN), b.realDiv(b.real(1), x));
    return b.select(b.less(b.real(0), x), y, other);
  }

  /** For positive finite x: a guess from the bits and three Newton steps; small x are scaled up first. */
  private static Value positiveRsqrt(ScalarBuilder b, Value x) {
    Value small = b.less(x, b.real(0x1p-100f));
    Value scaled = b.select(small, b.realMul(x, b.real(0x1p24f)), x);
    Value guess = b.sub(b.constant(0x5f3759df), b.shr(b.toBits(scaled), b.constant(1)));
    Value y = b.fromBits(guess);
    Value half = b.realMul(b.real(0.5f), scaled);
    for (int i = 0; i < 3; i++) {
      y = b.realMul(y, b.realSub(b.real(1.5f), b.realMul(b.realMul(half, y), y)));
    }
    return b.select(small, b.realMul(y, b.real(0x1p12f)), y);
  }

  /** {@code exp(exponent * log(x))} for positive x. */
  static Value pow(ScalarBuilder b, Value x, float exponent) {
    return exp(b, b.realMul(b.real(exponent), log(b, x)));
  }

  /** The polynomial whose coefficients are given from the highest power down. */
  private static Value horner(ScalarBuilder b, float[] coefficients, Value x) {
    Value p = b.real(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      p = b.realAdd(b.realMul(p, x), b.real(coefficients[i]));
    }
    return p;
  }
}
