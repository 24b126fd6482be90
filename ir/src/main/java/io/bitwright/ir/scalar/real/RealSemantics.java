package io.bitwright.ir.scalar.real;

import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Opcode;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The f32 meaning of every operator, written once: each step rounded to float32 in the order given here. exp,
 * tanh and pow are our own polynomials ({@link RealFunctions}), so that every back end gives the same bits.
 */
public final class RealSemantics {
  /** A whole number beyond every difference of 8-bit codes, and one beyond those of 16-bit codes. */
  private static final int BEYOND_BYTES = 1 << 10;
  private static final int BEYOND_SHORTS = 1 << 18;

  private RealSemantics() {}

  /** {@code clamp(acc)}; with {@code count} above 1 the accumulator is divided by it first. */
  public static Scalar accumulatorEpilogue(int channels, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value acc = b.realInput("acc");
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(clamp(b, acc, lo, hi));
  }

  /** {@code clamp(acc / taps)}. */
  public static Scalar averageEpilogue(int channels, Interval taps, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value acc = b.realInput("acc");
    b.input("channel", Interval.of(0, channels - 1L));
    Value n = b.input("taps", taps);
    return b.build(clamp(b, b.realDiv(acc, b.fromInt(n)), lo, hi));
  }

  /** {@code clamp(acc / count)}, however many taps lie inside the image. */
  public static Scalar windowAverageEpilogue(int channels, Interval taps, int count, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value acc = b.realInput("acc");
    b.input("channel", Interval.of(0, channels - 1L));
    b.input("taps", taps);
    return b.build(clamp(b, b.realDiv(acc, b.real(count)), lo, hi));
  }

  /** {@code clamp(acc)} of a maximum. */
  public static Scalar maximumEpilogue(int channels, Interval taps, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value acc = b.realInput("acc");
    b.input("channel", Interval.of(0, channels - 1L));
    b.input("taps", taps);
    return b.build(clamp(b, acc, lo, hi));
  }

  /** {@code clamp(x0 + x1)}. */
  public static Scalar add(int channels, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value sum = b.realAdd(b.realInput("x0"), b.realInput("x1"));
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(clamp(b, sum, lo, hi));
  }

  /** {@code clamp(x0 * x1)}. */
  public static Scalar mul(int channels, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value product = b.realMul(b.realInput("x0"), b.realInput("x1"));
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(clamp(b, product, lo, hi));
  }

  /** {@code clamp(f(x0, x1))}; the smaller and the larger one as {@link Opcode#F_MIN} and F_MAX. */
  public static Scalar binary(BinaryFunction function, int channels, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value x0 = b.realInput("x0");
    Value x1 = b.realInput("x1");
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(clamp(b, switch (function) {
      case SHIFTED_ADD -> b.realAdd(x0, x1);
      case SUB, SHIFTED_SUB -> b.realSub(x0, x1);
      case DIV -> b.realDiv(x0, x1);
      case MIN -> b.realMin(x0, x1);
      case MAX -> b.realMax(x0, x1);
      case PRELU -> b.select(b.less(x0, b.real(0)), b.realMul(x1, x0), x0);
    }, lo, hi));
  }

  /** A function of {@code x0}. */
  public static Scalar unary(UnaryFunction function, int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.realInput("x0");
    b.input("channel", Interval.of(0, channels - 1L));
    Value negative = b.realSub(b.real(-0.0f), x);
    return b.build(switch (function) {
      case ABS -> b.fromBits(b.toBits(x));
      case NEG -> negative;
      case SQUARE -> b.realMul(x, x);
      case SQRT -> RealFunctions.sqrt(b, x);
      case RSQRT -> RealFunctions.rsqrt(b, x);
      case EXP -> RealFunctions.expOfAll(b, x);
    });
  }

  /**
   * For the index of a maximum: where {@code x0} is not below {@code x1}, the row's maximum, its channel as f32, negated
   * where the first of equal elements counts; elsewhere the negated number of channels.
   *
   * @param real  whether the row is f32 rather than 8-bit codes
   */
  public static Scalar indexWhereEqual(boolean real, int channels, boolean last) {
    ScalarBuilder b = new ScalarBuilder();
    Value x0 = real ? b.realInput("x0") : b.input("x0", Interval.INT8);
    Value x1 = real ? b.realInput("x1") : b.input("x1", Interval.INT8);
    Value channel = b.input("channel", Interval.of(0, channels - 1L));
    Value index = last ? channel : b.sub(b.constant(0), channel);
    return b.build(b.fromInt(b.select(b.less(x0, x1), b.constant(-channels), index)));
  }

  /** The index that the largest of {@link #indexWhereEqual} stands for. A row of NaN gives the last resort 0. */
  public static Scalar indexEpilogue(int length, boolean last) {
    ScalarBuilder b = new ScalarBuilder();
    Value acc = b.realInput("acc");
    b.input("channel", Interval.of(0, 0));
    b.input("taps", Interval.point(length));
    Value index = b.toInt(acc, Interval.of(-length, length));
    return b.build(b.clamp(last ? index : b.sub(b.constant(0), index), 0, length - 1L));
  }

  /** {@code clamp(x0 * x1 + x2)}. */
  public static Scalar scaleAndShift(int channels, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value product = b.realMul(b.realInput("x0"), b.realInput("x1"));
    Value sum = b.realAdd(product, b.realInput("x2"));
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(clamp(b, sum, lo, hi));
  }

  /**
   * {@code x * exp(-beta * log(bias + (alpha / size) * (x0^2 + x1^2 + ...)))}: the inputs are {@code size} neighbouring
   * channels, squares are added from the first, x is input {@code (size - 1) / 2}.
   */
  public static Scalar localResponseNorm(int channels, int size, float alpha, float beta, float bias) {
    ScalarBuilder b = new ScalarBuilder();
    List<Value> x = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      x.add(b.realInput("x" + i));
    }
    b.input("channel", Interval.of(0, channels - 1L));
    Value sum = b.realMul(x.get(0), x.get(0));
    for (Value next : x.subList(1, size)) {
      sum = b.realAdd(sum, b.realMul(next, next));
    }
    Value base = b.realAdd(b.real(bias), b.realMul(b.real(alpha / size), sum));
    return b.build(b.realMul(x.get((size - 1) / 2), RealFunctions.pow(b, base, -beta)));
  }

  /** {@code clamp(x0)}. */
  public static Scalar clamp(int channels, double lo, double hi) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.realInput("x0");
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(clamp(b, x, lo, hi));
  }

  /** {@code 1 / (1 + exp(-x0))}. */
  public static Scalar logistic(int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.realInput("x0");
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(sigmoid(b, x));
  }

  private static Value sigmoid(ScalarBuilder b, Value x) {
    Value e = RealFunctions.exp(b, b.realSub(b.real(0), x));
    return b.realDiv(b.real(1), b.realAdd(b.real(1), e));
  }

  /** {@code x0 * (1 / (1 + exp(-x0)))}. */
  public static Scalar swish(int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.realInput("x0");
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(b.realMul(x, sigmoid(b, x)));
  }

  /** The hyperbolic tangent. */
  public static Scalar tanh(int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.realInput("x0");
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(RealFunctions.tanh(b, x));
  }

  /** {@code min(max(x0 + 3, 0), 6) / 6}. */
  public static Scalar hardSigmoid(int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.realInput("x0");
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(b.realDiv(clamp(b, b.realAdd(x, b.real(3)), 0, 6), b.real(6)));
  }

  /** {@code x0 * min(max(x0 + 3, 0), 6) / 6}. */
  public static Scalar hardSwish(int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.realInput("x0");
    b.input("channel", Interval.of(0, channels - 1L));
    Value gate = clamp(b, b.realAdd(x, b.real(3)), 0, 6);
    return b.build(b.realDiv(b.realMul(x, gate), b.real(6)));
  }

  /** f32 to a stored code: {@code clamp(round(x0 / scale) + zeroPoint)}, half to even if so asked, else half away from zero. */
  public static Scalar quantize(PerTensor out, Interval codes, int channels, Rounding rounding) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.realInput("x0");
    b.input("channel", Interval.of(0, channels - 1L));
    Value quotient = b.realDiv(x, b.real(out.scale()));
    int beyond = codes.within(Interval.INT8) ? BEYOND_BYTES : BEYOND_SHORTS;
    Value rounded = rounding == Rounding.TIES_EVEN ? roundToEven(b, quotient, beyond) : round(b, quotient, beyond);
    return b.build(b.clamp(b.add(rounded, out.zeroPoint()), codes.lo(), codes.hi()));
  }

  /**
   * A code of one scale as one of another, in f32, as the reference kernel of uint8 concatenation does.
   *
   * <p>Source: reference/concatenation.h, ConcatenationWithScaling.
   *
   * @param in  in model codes, as is {@code out}
   * @param offset  model code minus stored code
   */
  public static Scalar rescale(PerTensor in, PerTensor out, int offset, int channels) {
    float scale = in.scale() * (1.0f / out.scale());
    ScalarBuilder b = new ScalarBuilder();
    Value code = b.add(b.input("x0", Interval.INT8), offset);
    b.input("channel", Interval.of(0, channels - 1L));
    Value real = b.realAdd(b.realMul(b.fromInt(code), b.real(scale)), b.real(-in.zeroPoint() * scale));
    Value rounded = b.add(round(b, real, BEYOND_BYTES), out.zeroPoint());
    return b.build(b.clamp(b.sub(rounded, b.constant(offset)), -128, 127));
  }

  /** Half away from zero; the result is limited to [-beyond, beyond]. */
  private static Value round(ScalarBuilder b, Value x, int beyond) {
    Value limited = clamp(b, x, -beyond, beyond);
    Value whole = b.toInt(limited, Interval.of(-beyond, beyond));
    Value fraction = b.realSub(limited, b.fromInt(whole));
    Value up = b.sub(b.constant(1), b.less(fraction, b.real(0.5f)));
    Value down = b.sub(b.constant(1), b.less(b.real(-0.5f), fraction));
    return b.sub(b.add(whole, up), down);
  }

  /** Half to even, limited likewise. Toward zero first, so that the fraction is exact. */
  private static Value roundToEven(ScalarBuilder b, Value x, int beyond) {
    Value limited = clamp(b, x, -beyond, beyond);
    Value whole = b.toInt(limited, Interval.of(-beyond, beyond));
    Value fraction = b.realSub(limited, b.fromInt(whole));
    Value odd = b.lowBits(whole, 1);
    Value up = b.select(odd, b.sub(b.constant(1), b.less(fraction, b.real(0.5f))), b.less(b.real(0.5f), fraction));
    Value down = b.select(odd, b.sub(b.constant(1), b.less(b.real(-0.5f), fraction)), b.less(fraction, b.real(-0.5f)));
    return b.sub(b.add(whole, up), down);
  }

  /** A stored code to f32: {@code scale * (x0 - zeroPoint)}, the difference rounded to f32 where it is long. */
  public static Scalar dequantize(PerTensor in, Interval codes, int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x0", codes);
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(b.realMul(b.real(in.scale()), b.fromInt(b.sub(x, b.constant(in.zeroPoint())))));
  }

  /** Softmax of {@code beta * x}. */
  public static Semantics.Softmax softmax(float beta) {
    ScalarBuilder e = new ScalarBuilder();
    Value d = e.realInput("d");
    ScalarBuilder term = new ScalarBuilder();
    ScalarBuilder reciprocal = new ScalarBuilder();
    ScalarBuilder scale = new ScalarBuilder();
    Value numerator = scale.realInput("e");
    return new Semantics.Softmax(
        e.build(RealFunctions.exp(e, e.realMul(d, e.real(beta)))),
        term.build(term.realInput("e")),
        reciprocal.build(reciprocal.realInput("sum")),
        scale.build(scale.realDiv(numerator, scale.realInput("r0"))));
  }

  /** {@code x - m - log(sum exp(x - m))}: the exponential's place is taken by the difference itself. */
  public static Semantics.Softmax logSoftmax() {
    ScalarBuilder difference = new ScalarBuilder();
    ScalarBuilder term = new ScalarBuilder();
    ScalarBuilder logarithm = new ScalarBuilder();
    ScalarBuilder scale = new ScalarBuilder();
    Value d = scale.realInput("e");
    return new Semantics.Softmax(
        difference.build(difference.realInput("d")),
        term.build(RealFunctions.exp(term, term.realInput("e"))),
        logarithm.build(RealFunctions.log(logarithm, logarithm.realInput("sum"))),
        scale.build(scale.realSub(d, scale.realInput("r0"))));
  }

  private static Value clamp(ScalarBuilder b, Value x, double lo, double hi) {
    Value low = lo == Double.NEGATIVE_INFINITY ? x : b.realMax(x, b.real((float) lo));
    return hi == Double.POSITIVE_INFINITY ? low : b.realMin(low, b.real((float) hi));
  }
}
