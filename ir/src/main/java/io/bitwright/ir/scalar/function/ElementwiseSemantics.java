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

/**
 * The integer meaning of the functions of two codes. Inputs: {@code x0}, {@code x1}, {@code channel}; all codes are
 * stored codes.
 *
 * <p>Normative text: docs/semantics.md; sources: the TFLite reference kernels named at each method.
 */
public final class ElementwiseSemantics {
  /** TFLite shifts quotients right by at least 23 bits less the shift of the scale. */
  private static final int LARGEST_QUOTIENT_SHIFT = 23;

  private final PerTensor in0;
  private final PerTensor in1;
  private final PerTensor out;
  private final Interval limits;
  private final Rounding rounding;
  private final ScalarBuilder b = new ScalarBuilder();
  private final Requantization q = new Requantization(b);
  private final Value x0;
  private final Value x1;

  private ElementwiseSemantics(PerTensor in0, PerTensor in1, PerTensor out, Interval codes, int channels,
      Interval limits, Rounding rounding) {
    this.in0 = in0;
    this.in1 = in1;
    this.out = out;
    this.limits = limits;
    this.rounding = rounding;
    this.x0 = b.input("x0", codes);
    this.x1 = b.input("x1", codes);
    b.input("channel", Interval.of(0, channels - 1L));
  }

  /**
   * A function of two codes.
   *
   * @param codes  all possible codes of both operands
   * @param limits  of the result
   * @throws IllegalArgumentException if the scales are outside of what the function can do
   */
  public static Scalar of(BinaryFunction function, PerTensor in0, PerTensor in1, PerTensor out, Interval codes,
      int channels, Interval limits, Rounding rounding) {
    if (function == BinaryFunction.SUB) {
      return Semantics.sub(in0, in1, out, codes, channels, limits, rounding);
    }
    ElementwiseSemantics body = new ElementwiseSemantics(in0, in1, out, codes, channels, limits, rounding);
    return body.b.build(body.b.clamp(body.unlimited(function), limits.lo(), limits.hi()));
  }

  private Value unlimited(BinaryFunction function) {
    return switch (function) {
      case SUB -> throw new IllegalStateException("a difference is among the sums");
      case DIV -> quotient();
      case MIN -> b.min(x0, x1); // of codes of one meaning
      case MAX -> b.max(x0, x1);
      case PRELU -> leaky();
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
   * Source: reference/div.h, DivElementwise, and kernels/div.cc: by the reciprocal of the divisor with as many bits as
   * possible. A quotient by zero, which TFLite refuses, is as large as can be, of the dividend's sign.
   */
  private Value quotient() {
    FixedPoint scale = FixedPoint.of(in0.scale() / (in1.scale() * out.scale()));
    if (scale.shift() > LARGEST_QUOTIENT_SHIFT) {
      throw new IllegalArgumentException("output scale " + out.scale() + " is too small for a quotient of scales "
          + in0.scale() + " and " + in1.scale());
    }
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
    Value unscaled = q.highMultiply(q.saturate32(b.shl(dividend, headroom)), reciprocal);
    Value exponent = b.sub(b.add(headroom, 31L - scale.shift()), leading);
    Value rounded =
        q.divideByPowerOfTwo(q.highMultiply(unscaled, b.constant(scale.multiplier())), b.clamp(exponent, 0, 62));
    Value extreme = b.select(b.less(x, zero), b.constant(limits.lo()), b.constant(limits.hi()));
    Value isZero = b.less(b.mul(by, by), b.constant(1));
    return b.select(isZero, extreme, b.add(rounded, out.zeroPoint()));
  }
}
