package io.bitwright.ir.scalar;

import io.bitwright.ir.scalar.Scalar.Value;

/**
 * The fixed-point natural logarithm of TFLite's internal/common.h, log_x_for_x_greater_than_or_equal_to_1_impl: {@code
 * x = z * 2^n} with z in [sqrt(1/2), 1), and a quotient of polynomials around the fourth root of 1/2.
 */
public final class Logarithm {
  /** Integer bits of the sum that is computed with: one more than those of the result. */
  private static final int INTEGER_BITS = 6;
  private static final int FRACTIONAL_BITS = 31 - INTEGER_BITS;
  private static final long QUARTER = 1L << (FRACTIONAL_BITS - 2);
  private static final long LOG_2 = 1488522236;
  private static final long ROOT_OF_HALF = 1518500250;
  private static final long FOURTH_ROOT_OF_HALF = 1805811301;
  /** 11/240, 1/20 and 1/4 times the fourth root of 2, and twice its inverse less itself. */
  private static final long ALPHA_N = 117049297;
  private static final long ALPHA_D = 127690142;
  private static final long ALPHA_F = 638450708;
  private static final long ALPHA_I = 1057819769;

  private final ScalarBuilder b;
  private final Requantization q;

  public Logarithm(ScalarBuilder builder) {
    this.b = builder;
    this.q = new Requantization(builder);
  }

  /**
   * The logarithm of a number that is at least 1.
   *
   * @param x  raw value in [1, 2^31) with {@code integerBits} integer bits
   * @return raw value with 5 integer bits
   */
  public Value of(Value x, int integerBits) {
    Value zeros = b.clz(x);
    Value reduced = q.highMultiply(normalized(x, b.sub(zeros, b.constant(1))), b.constant(ROOT_OF_HALF));
    Value first = normalized(reduced, b.constant(1));
    Value firstPower = b.add(power(integerBits, zeros), QUARTER);
    Value headroom = b.sub(b.clz(b.max(q.highMultiply(x, b.constant(ROOT_OF_HALF)), b.constant(1))), b.constant(1));
    Value second = normalized(x, headroom);
    Value secondPower = b.sub(power(integerBits, headroom), b.constant(QUARTER));
    Value logarithm = q.highMultiply(b.max(firstPower, secondPower), b.constant(LOG_2));
    Value sum = b.add(logarithm, quotient(b.min(first, second)));
    return q.saturate32(b.shl(sum, b.constant(1)));
  }

  /** Shifted left, at most to the largest fraction, and no less than a half: the shift is such. */
  private Value normalized(Value x, Value left) {
    return b.clamp(b.shl(x, left), 1L << 30, Integer.MAX_VALUE);
  }

  /** {@code integerBits - n}, in the sum's fixed point. */
  private Value power(int integerBits, Value n) {
    return b.shl(b.sub(b.constant(integerBits), n), b.constant(FRACTIONAL_BITS));
  }

  /** What the logarithm of r times the fourth root of 2 is, in the sum's fixed point. */
  private Value quotient(Value r) {
    Value root = b.constant(FOURTH_ROOT_OF_HALF);
    Value p = b.shr(b.add(b.add(r, root), 1), b.constant(1));
    Value twice = b.shl(b.sub(r, root), b.constant(1));
    Value square = q.highMultiply(twice, twice);
    Value numerator = b.add(q.highMultiply(twice, r),
        q.highMultiply(q.highMultiply(twice, square), b.constant(ALPHA_N)));
    Value inner = b.add(b.add(b.constant(ALPHA_I), twice), q.highMultiply(b.constant(ALPHA_D), square));
    Value denominator = b.add(q.highMultiply(p, inner), q.highMultiply(b.constant(ALPHA_F), twice));
    Value reciprocal = new Exponential(b).oneOverOnePlus(b.clamp(denominator, 0, Integer.MAX_VALUE));
    return q.highMultiply(q.divideByPowerOfTwo(numerator, INTEGER_BITS), reciprocal);
  }
}
