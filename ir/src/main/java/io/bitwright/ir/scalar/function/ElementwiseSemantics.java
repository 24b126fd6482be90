package io.bitwright.ir.scalar.function;

import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.scalar.Exponential;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Requantization;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.OptionalInt;

/**
 * The integer meaning of the functions of two codes. Inputs: {@code x0}, {@code x1}, {@code channel}; all codes are
 * stored codes.
 *
 * <p>Normative text: docs/semantics.md; sources: the TFLite reference kernels named at each method.
 */
public final class ElementwiseSemantics {
  /** The furthest that TFLite can shift a 16-bit operand. */
  private static final int LARGEST_OPERAND_SHIFT = 15;

  private final PerTensor in0;
  private final PerTensor in1;
  private final PerTensor out;
  private final Interval limits;
  private final Rounding rounding;
  private final ScalarBuilder b = new ScalarBuilder();
  private final Requantization q = new Requantization(b);
  private final Value x0;
  private final Value x1;

  private ElementwiseSemantics(PerTensor in0, PerTensor in1, PerTensor out, Interval codes0, Interval codes1,
      int channels, Interval limits, Rounding rounding) {
    this.in0 = in0;
    this.in1 = in1;
    this.out = out;
    this.limits = limits;
    this.rounding = rounding;
    this.x0 = b.input("x0", codes0);
    this.x1 = b.input("x1", codes1);
    b.input("channel", Interval.of(0, channels - 1L));
  }

  /** A function of two codes of one kind. */
  public static Scalar of(BinaryFunction function, PerTensor in0, PerTensor in1, PerTensor out, Interval codes,
      int channels, Interval limits, Rounding rounding) {
    return of(function, in0, in1, out, codes, codes, channels, limits, rounding);
  }

  /**
   * A function of two codes.
   *
   * @param codes0  all possible codes of the first operand
   * @param codes1  of the second, the same but for slopes
   * @param limits  of the result
   * @throws IllegalArgumentException if the scales are outside of what the function can do
   */
  public static Scalar of(BinaryFunction function, PerTensor in0, PerTensor in1, PerTensor out, Interval codes0,
      Interval codes1, int channels, Interval limits, Rounding rounding) {
    if (function == BinaryFunction.SUB) {
      return Semantics.sub(in0, in1, out, codes0, channels, limits, rounding);
    }
    ElementwiseSemantics body = new ElementwiseSemantics(in0, in1, out, codes0, codes1, channels, limits, rounding);
    return body.b.build(body.b.clamp(body.unlimited(function), limits.lo(), limits.hi()));
  }

  private Value unlimited(BinaryFunction function) {
    return switch (function) {
      case SUB -> throw new IllegalStateException("a difference is among the sums");
      case DIV -> quotient();
      case MIN -> b.min(x0, x1); // of codes of one meaning
      case MAX -> b.max(x0, x1);
      case PRELU -> leaky();
      case SHIFTED_ADD -> b.add(shifted(x0, in0), shifted(x1, in1));
      case SHIFTED_SUB -> b.sub(shifted(x0, in0), shifted(x1, in1));
    };
  }

  /** Source: reference/prelu.h and PreluPrepare in kernels/activations.cc, where scales are multiplied in float32. */
  private Value leaky() {
    Value x = b.sub(x0, b.constant(in0.zeroPoint()));
    Value slope = b.sub(x1, b.constant(in1.zeroPoint()));
    Value above = q.scale(x, FixedPoint.of(in0.scale() / out.scale()), rounding);
    Value below = q.scale(b.mul(x, slope), FixedPoint.of(in0.scale() * in1.scale() / out.scale()), rounding);
    return b.add(b.select(b.less(x, b.constant(0)), below, above), out.zeroPoint());
  }

  /**
   * A code in steps of the result, both scales being powers of two.
   *
   * <p>Source: reference/add.h, Add of int16, and reference/sub.h, SubWithActivation of int16.
   */
  private Value shifted(Value x, PerTensor in) {
    int right = shift(in.scale(), out.scale()).orElseThrow(() -> new IllegalArgumentException(
        "scale " + in.scale() + " is no power of two from 2^-15 to 1 times the result's, " + out.scale()));
    return q.divideByPowerOfTwo(x, right);
  }

  /**
   * By how many bits codes are shifted right from one scale to another.
   *
   * @return empty where a scale is no power of two, or the shift is none of 0 to 15
   */
  public static OptionalInt shift(float from, float to) {
    OptionalInt a = PowerOfTwo.exponent(from);
    OptionalInt b = PowerOfTwo.exponent(to);
    if (a.isEmpty() || b.isEmpty()) {
      return OptionalInt.empty();
    }
    int right = b.getAsInt() - a.getAsInt();
    return right < 0 || right > LARGEST_OPERAND_SHIFT ? OptionalInt.empty() : OptionalInt.of(right);
  }

  /**
   * Source: reference/div.h, DivElementwise, and kernels/div.cc: by the reciprocal of the divisor with as many bits as
   * possible. A quotient by zero, which TFLite refuses, is as large as can be, of the dividend's sign.
   */
  private Value quotient() {
    FixedPoint scale = FixedPoint.of(in0.scale() / (in1.scale() * out.scale()));
    Value zero = b.constant(0);
    Value x = b.sub(x0, b.constant(in0.zeroPoint()));
    Value by = b.sub(x1, b.constant(in1.zeroPoint()));
    Value negative = b.less(by, zero);
    Value dividend = b.select(negative, b.sub(zero, x), x);
    Value divisor = b.max(b.select(negative, b.sub(zero, by), by), b.constant(1));
    Value leading = b.clz(divisor);
    Value fraction = b.clamp(b.sub(b.shl(divisor, leading), b.constant(1L << 31)), 0, Integer.MAX_VALUE);
    Value reciprocal = new Exponential(b).oneOverOnePlus(fraction);
    Value doubled = b.shl(dividend, b.constant(1));
    Value magnitude =
        b.select(b.less(dividend, zero), b.sub(b.constant(-1), doubled), b.max(doubled, b.constant(1)));
    Value headroom = b.clz(b.max(magnitude, b.constant(1)));
    if (scale.shift() > headroom.interval().lo()) {
      throw new IllegalArgumentException("output scale " + out.scale() + " is too small for a quotient of scales "
          + in0.scale() + " and " + in1.scale());
    }
    Value unscaled = q.highMultiply(q.saturate32(b.shl(dividend, headroom)), reciprocal);
    Value exponent = b.sub(b.add(headroom, 31L - scale.shift()), leading);
    Value rounded =
        q.divideByPowerOfTwo(q.highMultiply(unscaled, b.constant(scale.multiplier())), b.clamp(exponent, 0, 62));
    Value extreme = b.select(b.less(x, zero), b.constant(limits.lo()), b.constant(limits.hi()));
    Value isZero = b.less(b.mul(by, by), b.constant(1));
    return b.select(isZero, extreme, b.add(rounded, out.zeroPoint()));
  }
}
