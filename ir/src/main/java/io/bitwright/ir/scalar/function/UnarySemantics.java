package io.bitwright.ir.scalar.function;

import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Requantization;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;
import io.bitwright.ir.type.Quantization.PerTensor;

/** The integer meaning of some functions of one code. Inputs: {@code x0}, {@code channel}; stored codes. */
public final class UnarySemantics {
  /** 1.5 in fixed point with 3 integer bits. */
  private static final int THREE_HALVES = (1 << 28) + (1 << 27);
  /** sqrt(1/2) in fixed point without integer bits. */
  private static final int HALF_SQRT_2 = 1518500250;
  /** Bits by which TFLite keeps a reciprocal square root above an integer. */
  private static final int KEPT_BITS = 20;

  private UnarySemantics() {}

  /**
   * The magnitude. Source: kernels/elementwise.cc, AbsEvalQuantized; the quotient of the scales in float32.
   *
   * @param codes  all possible codes of operand and result
   */
  public static Scalar abs(PerTensor in, PerTensor out, Interval codes, int channels, Rounding rounding) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.sub(b.input("x0", codes), b.constant(in.zeroPoint()));
    b.input("channel", Interval.of(0, channels - 1L));
    Value magnitude = b.max(x, b.sub(b.constant(0), x));
    Value scaled = new Requantization(b).scale(magnitude, FixedPoint.of(in.scale() / out.scale()), rounding);
    return b.build(b.clamp(b.add(scaled, out.zeroPoint()), codes.lo(), codes.hi()));
  }

  /**
   * The negated code; the smallest one is itself, as in two's complement. Source: reference/neg.h.
   *
   * @param codes  all possible codes of operand and result, whose zero point is 0
   */
  public static Scalar neg(Interval codes, int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x0", codes);
    b.input("channel", Interval.of(0, channels - 1L));
    Value negated = b.sub(b.constant(0), x);
    Value largest = b.constant(codes.hi());
    return b.build(b.select(b.less(largest, negated), b.constant(codes.lo()), b.min(negated, largest)));
  }

  /**
   * The reciprocal square root of an 8-bit code by its 256 results. What is not positive gives the largest code, as 0
   * does in TFLite, which stops at negative numbers.
   *
   * <p>Source: kernels/elementwise.cc, RsqrtEvalQuantizedInt8, and internal/common.h,
   * GetInvSqrtQuantizedMultiplierExp.
   */
  public static Scalar rsqrt(PerTensor in, PerTensor out, int channels) {
    FixedPoint scale = FixedPoint.of(1.0 / ((float) Math.sqrt(in.scale()) * out.scale()));
    long[] table = new long[256];
    for (int i = 0; i < 256; i++) {
      int value = i - 128 - in.zeroPoint();
      table[i] = value <= 0 ? 127 : Math.min(127, Math.max(-128, inverseRoot(value, scale) + out.zeroPoint()));
    }
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x0", Interval.INT8);
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(b.lookup(new LookupTable("rsqrt", table), b.add(x, 128)));
  }

  /** {@code round(1 / sqrt(value) * scale)}, for a value in [1, 255]; arithmetic of constants. */
  private static long inverseRoot(int value, FixedPoint scale) {
    ScalarBuilder b = new ScalarBuilder();
    Requantization q = new Requantization(b);
    int pairs = (Integer.numberOfLeadingZeros(value) - 1) / 2 - 1;
    int right = value == 1 ? 0 : 11 - pairs;
    long root = value == 1 ? Integer.MAX_VALUE : normalizedRoot(b, q, value << 2 * pairs);
    FixedPoint kept = new FixedPoint((int) (root << Math.max(-right, 0)), KEPT_BITS - Math.max(right, 0));
    FixedPoint rest = new FixedPoint(scale.multiplier(), scale.shift() - KEPT_BITS);
    return q.scale(q.scale(b.constant(1), kept, Rounding.TFLITE), rest, Rounding.TFLITE).immediate();
  }

  /** Five Newton steps from 1 for a number in [2^27, 2^29), in fixed point with 3 integer bits. */
  private static long normalizedRoot(ScalarBuilder b, Requantization q, int input) {
    Value half = q.divideByPowerOfTwo(b.constant(input >> 1), 1);
    Value threeHalves = b.constant(THREE_HALVES);
    Value x = b.constant(1L << 28);
    for (int i = 0; i < 5; i++) {
      Value cube = q.saturate32(b.shl(q.highMultiply(q.highMultiply(x, x), x), b.constant(6)));
      Value step = b.sub(q.highMultiply(threeHalves, x), q.highMultiply(half, cube));
      x = q.saturate32(b.shl(step, b.constant(3)));
    }
    return q.highMultiply(x, b.constant(HALF_SQRT_2)).immediate();
  }
}
