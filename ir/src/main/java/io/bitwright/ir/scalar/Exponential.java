package io.bitwright.ir.scalar;

import io.bitwright.ir.scalar.Scalar.Value;

/** gemmlowp's fixed-point exp and reciprocal (fixedpoint/fixedpoint.h), for 32-bit raw values. */
public final class Exponential {
  private static final long[] MULTIPLIERS = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  private static final long ONE = Integer.MAX_VALUE;

  private final ScalarBuilder b;
  private final Requantization q;

  public Exponential(ScalarBuilder builder) {
    this.b = builder;
    this.q = new Requantization(builder);
  }

  /**
   * exp_on_negative_values.
   *
   * @param a  raw value in [-2^31, 0] with {@code integerBits} integer bits
   * @return raw value with no integer bits, in [0, 2^31 - 1]
   */
  public Value ofNegative(Value a, int integerBits) {
    int fractionalBits = 31 - integerBits;
    int quarterBits = fractionalBits - 2;
    Value modulo = b.sub(b.lowBits(a, quarterBits), b.constant(1L << quarterBits));
    Value result = onLastQuarter(b.shl(modulo, b.constant(integerBits)));
    Value remainder = b.sub(modulo, a);
    for (int exponent = -2; exponent < integerBits; exponent++) {
      Value bit = b.lowBits(b.shr(remainder, b.constant(fractionalBits + exponent)), 1);
      Value scaled = q.highMultiply(result, b.constant(MULTIPLIERS[exponent + 2]));
      result = b.select(bit, scaled, result);
    }
    Value clamped = b.clamp(result, 0, ONE);
    return b.select(b.less(a, b.constant(0)), clamped, b.constant(ONE));
  }

  /** exp_on_interval_between_negative_one_quarter_and_0_excl: a fourth-order polynomial around -1/8. */
  private Value onLastQuarter(Value a) {
    Value x = b.add(a, 1L << 28);
    Value x2 = q.highMultiply(x, x);
    Value x3 = q.highMultiply(x2, x);
    Value x4 = q.highMultiply(x2, x2);
    Value cubic = q.highMultiply(b.add(q.divideByPowerOfTwo(x4, 2), x3), b.constant(715827883));
    Value tail = q.divideByPowerOfTwo(b.add(cubic, x2), 1);
    Value base = b.constant(1895147668);
    return b.add(base, q.highMultiply(base, b.add(x, tail)));
  }

  /**
   * one_over_one_plus_x_for_x_in_0_1, by three Newton-Raphson steps.
   *
   * @param a  raw value in [0, 2^31 - 1] with no integer bits
   * @return raw value with no integer bits, in [0, 2^31 - 1]
   */
  public Value oneOverOnePlus(Value a) {
    Value sum = b.add(a, ONE);
    Value half = b.shr(b.add(sum, 1), b.constant(1));
    Value x = b.add(b.constant(1515870810), q.highMultiply(half, b.constant(-1010580540)));
    for (int i = 0; i < 3; i++) {
      Value error = b.sub(b.constant(1L << 29), q.highMultiply(half, x));
      Value step = q.saturate32(b.shl(q.highMultiply(x, error), b.constant(2)));
      x = q.saturate32(b.add(x, step));
    }
    return b.clamp(b.shl(x, b.constant(1)), 0, ONE);
  }
}
