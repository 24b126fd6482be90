package io.bitwright.ir.scalar;

import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.List;

/**
 * The integer meaning of the quantised operators, written once; what is particular to element-wise and 16-bit operators
 * is in {@code ir.scalar.function}. All codes are stored codes: signed; unsigned ones are re-centred, zero points too.
 *
 * <p>Normative text: docs/semantics.md; source: the TFLite reference kernels (tensorflow/lite/kernels/internal/reference).
 * Input names are those that {@code kernel.Kernel} documents.
 */
public final class Semantics {
  private Semantics() {}

  /** The scale factor of a product of scales; TFLite's convolution uses doubles, left to right. */
  public static FixedPoint productScale(double a, double bScale, double out) {
    return FixedPoint.of(a * bScale / out);
  }

  /**
   * Requantises an accumulator: {@code clamp(round(acc * scale) + zeroPoint)}.
   *
   * @param acc  all possible accumulators
   * @param scales  one, or one an output channel
   * @param limits  of the result, within 8 bits
   */
  public static Scalar accumulatorEpilogue(
      Interval acc, List<FixedPoint> scales, int channels, int zeroPoint, Interval limits, Rounding rounding) {
    ScalarBuilder b = new ScalarBuilder();
    Value a = b.input("acc", acc);
    Value channel = b.input("channel", Interval.of(0, channels - 1L));
    Value scaled = new Requantization(b).scale(a, scales, channel, rounding);
    return b.build(b.clamp(b.add(scaled, zeroPoint), limits.lo(), limits.hi()));
  }

  /** The same for an accumulator that TFLite keeps in 64 bits: of products with 16-bit codes. */
  public static Scalar wideAccumulatorEpilogue(
      Interval acc, List<FixedPoint> scales, int channels, int zeroPoint, Interval limits, Rounding rounding) {
    ScalarBuilder b = new ScalarBuilder();
    Value a = b.input("acc", acc);
    Value channel = b.input("channel", Interval.of(0, channels - 1L));
    Value scaled = new Requantization(b).scaleWide(a, scales, scales.size() == 1 ? b.constant(0) : channel, rounding);
    return b.build(b.clamp(b.add(scaled, zeroPoint), limits.lo(), limits.hi()));
  }

  /**
   * A sum of products as it is.
   *
   * @param acc  within 32 bits
   */
  public static Scalar accumulator(Interval acc, int channels) {
    if (!acc.within(Interval.INT32)) {
      throw new IllegalArgumentException("sums from " + acc.lo() + " to " + acc.hi() + " exceed 32 bits");
    }
    ScalarBuilder b = new ScalarBuilder();
    Value a = b.input("acc", acc);
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(a);
  }

  /**
   * Average of {@code taps} codes, rounded half away from zero in the model's codes.
   *
   * @param acc  sums of stored codes
   * @param offset  model code minus stored code: 128 for unsigned, else 0
   */
  public static Scalar averageEpilogue(Interval acc, int channels, Interval taps, int offset, Interval limits) {
    ScalarBuilder b = new ScalarBuilder();
    Value a = b.input("acc", acc);
    b.input("channel", Interval.of(0, channels - 1L));
    Value n = b.input("taps", taps);
    Value divisor = taps.isPoint() ? b.constant(taps.lo()) : n;
    return b.build(average(b, a, divisor, offset, limits));
  }

  /**
   * Average over all {@code count} taps of a window, those outside of the image real zeros; rounded likewise.
   *
   * @param zeroPoint  the stored code of real zero
   */
  public static Scalar windowAverageEpilogue(
      Interval acc, int channels, Interval taps, int count, int zeroPoint, int offset, Interval limits) {
    ScalarBuilder b = new ScalarBuilder();
    Value a = b.input("acc", acc);
    b.input("channel", Interval.of(0, channels - 1L));
    Value n = b.input("taps", taps);
    Value outside = taps.isPoint() ? b.constant(count - taps.lo()) : b.sub(b.constant(count), n);
    Value sum = b.add(a, b.mul(outside, b.constant(zeroPoint)));
    return b.build(average(b, sum, b.constant(count), offset, limits));
  }

  private static Value average(ScalarBuilder b, Value stored, Value divisor, int offset, Interval limits) {
    Value sum = b.add(stored, b.mul(divisor, b.constant(offset)));
    Value half = b.div(divisor, b.constant(2));
    Value nudged = b.select(b.less(b.constant(0), sum), b.add(sum, half), b.sub(sum, half));
    Value mean = b.sub(b.div(nudged, divisor), b.constant(offset));
    return b.clamp(mean, limits.lo(), limits.hi());
  }

  /**
   * Maximum of codes.
   *
   * @param codes  all possible codes
   */
  public static Scalar maximumEpilogue(Interval codes, int channels, Interval taps, Interval limits) {
    ScalarBuilder b = new ScalarBuilder();
    Value a = b.input("acc", codes);
    b.input("channel", Interval.of(0, channels - 1L));
    b.input("taps", taps);
    return b.build(b.clamp(a, limits.lo(), limits.hi()));
  }

  /**
   * Mean over {@code count} codes with change of scale: the multiplier is divided by the count first.
   *
   * <p>Source: tensorflow/lite/kernels/internal/reference/reduce.h, QuantizedMeanOrSum.
   */
  public static Scalar meanEpilogue(
      Interval acc, int channels, int count, PerTensor in, PerTensor out, Interval limits, Rounding rounding) {
    ScalarBuilder b = new ScalarBuilder();
    Value a = b.input("acc", acc);
    b.input("channel", Interval.of(0, channels - 1L));
    b.input("taps", Interval.point(count));
    FixedPoint scale = FixedPoint.of((double) in.scale() / (double) out.scale());
    int bits = Math.min(63 - Long.numberOfLeadingZeros(count), 32);
    bits = Math.min(bits, 31 + scale.shift());
    int multiplier = (int) (((long) scale.multiplier() << bits) / count);
    Value centred = b.sub(a, b.constant((long) in.zeroPoint() * count));
    FixedPoint divided = new FixedPoint(multiplier, scale.shift() - bits);
    Value scaled = new Requantization(b).scale(centred, divided, rounding);
    return b.build(b.clamp(b.add(scaled, out.zeroPoint()), limits.lo(), limits.hi()));
  }

  /**
   * Sum of two codes of different scales. Source: reference/integer_ops/add.h, kernels/add.cc.
   *
   * @param codes  all possible codes of both operands
   */
  public static Scalar add(PerTensor in0, PerTensor in1, PerTensor out, Interval codes, int channels, Interval limits,
      Rounding rounding) {
    return sum(in0, in1, out, codes, channels, limits, rounding, false);
  }

  /** Difference of two codes of different scales. Source: reference/sub.h, kernels/sub.cc. */
  public static Scalar sub(PerTensor in0, PerTensor in1, PerTensor out, Interval codes, int channels, Interval limits,
      Rounding rounding) {
    return sum(in0, in1, out, codes, channels, limits, rounding, true);
  }

  private static Scalar sum(PerTensor in0, PerTensor in1, PerTensor out, Interval codes, int channels, Interval limits,
      Rounding rounding, boolean minus) {
    ScalarBuilder b = new ScalarBuilder();
    Value x0 = b.input("x0", codes);
    Value x1 = b.input("x1", codes);
    b.input("channel", Interval.of(0, channels - 1L));
    Requantization q = new Requantization(b);
    int left = codes.within(Interval.INT8) ? 20 : 15;
    double twice = 2.0 * Math.max(in0.scale(), in1.scale());
    Value a0 = addend(b, q, x0, in0, left, twice, rounding);
    Value a1 = addend(b, q, x1, in1, left, twice, rounding);
    FixedPoint scale = FixedPoint.of(twice / ((1 << left) * (double) out.scale()));
    Value sum = q.scale(minus ? b.sub(a0, a1) : b.add(a0, a1), scale, rounding);
    return b.build(b.clamp(b.add(sum, out.zeroPoint()), limits.lo(), limits.hi()));
  }

  private static Value addend(
      ScalarBuilder b, Requantization q, Value x, PerTensor in, int left, double twice, Rounding rounding) {
    Value centred = b.shl(b.sub(x, b.constant(in.zeroPoint())), b.constant(left));
    return q.scale(centred, FixedPoint.of(in.scale() / twice), rounding);
  }

  /** Product of two codes. The scale is multiplied and divided in float32, as kernels/mul.cc does. */
  public static Scalar mul(PerTensor in0, PerTensor in1, PerTensor out, Interval codes, int channels, Interval limits,
      Rounding rounding) {
    FixedPoint scale = FixedPoint.of(in0.scale() * in1.scale() / out.scale());
    return mul(in0.zeroPoint(), in1.zeroPoint(), scale, out.zeroPoint(), codes, channels, limits, rounding);
  }

  /** Product of two codes with the quotient of the scales at hand. */
  public static Scalar mul(int zero0, int zero1, FixedPoint scale, int outZero, Interval codes, int channels,
      Interval limits, Rounding rounding) {
    ScalarBuilder b = new ScalarBuilder();
    Value x0 = b.sub(b.input("x0", codes), b.constant(zero0));
    Value x1 = b.sub(b.input("x1", codes), b.constant(zero1));
    b.input("channel", Interval.of(0, channels - 1L));
    Value scaled = new Requantization(b).scale(b.mul(x0, x1), scale, rounding);
    return b.build(b.clamp(b.add(scaled, outZero), limits.lo(), limits.hi()));
  }

  /**
   * From one quantisation to another, with limits.
   *
   * @param scale  input scale over output scale; the caller says how it was rounded
   * @param codes  all possible codes of the operand
   */
  public static Scalar requantize(FixedPoint scale, int inZeroPoint, int outZeroPoint, Interval codes, int channels,
      Interval limits, Rounding rounding) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x0", codes);
    b.input("channel", Interval.of(0, channels - 1L));
    Value scaled = new Requantization(b).scale(b.sub(x, b.constant(inZeroPoint)), scale, rounding);
    return b.build(b.clamp(b.add(scaled, outZeroPoint), limits.lo(), limits.hi()));
  }

  /**
   * h-swish. Source: reference/hard_swish.h, which also says why the multiplication truncates.
   *
   * @throws IllegalArgumentException if the output scale is so small that the output multiplier exceeds 1
   */
  public static Scalar hardSwish(PerTensor in, PerTensor out, int channels) {
    float highRes = (1.0f / 128.0f) * in.scale();
    FixedPoint output = FixedPoint.of(highRes / out.scale());
    FixedPoint relu = FixedPoint.of(highRes / (3.0f / 32768.0f));
    if (output.shift() > 0) {
      throw new IllegalArgumentException("output scale " + out.scale() + " is too small for input scale " + in.scale());
    }
    ScalarBuilder b = new ScalarBuilder();
    Requantization q = new Requantization(b);
    Value x = b.input("x0", Interval.INT8);
    b.input("channel", Interval.of(0, channels - 1L));
    Value v = b.shl(b.sub(x, b.constant(in.zeroPoint())), b.constant(7));
    Value pre = q.highMultiply16(v, b.constant(output.multiplier16()));
    Value gate = reluish(b, q, v, relu);
    Value product = b.div(b.mul(gate, pre), b.constant(1 << 15));
    Value rounded = q.divideByPowerOfTwo(product, -output.shift());
    return b.build(b.clamp(b.add(rounded, out.zeroPoint()), -128, 127));
  }

  /** relu6(x + 3) / 6 in 15 bits, saturating on the way. */
  private static Value reluish(ScalarBuilder b, Requantization q, Value v, FixedPoint relu) {
    int exponent = relu.shift();
    Value r = exponent > 0 ? q.saturate16(b.shl(v, b.constant(exponent - 1L))) : v;
    r = q.saturate16(q.highMultiply16(r, b.constant(relu.multiplier16())));
    r = exponent > 0 ? q.saturate16(b.shl(r, b.constant(1))) : q.divideByPowerOfTwo(r, -exponent);
    return b.shr(b.add(r, 1 << 15), b.constant(1));
  }

  /**
   * Sigmoid to (1/256, -128): the reference kernel's table of 256 entries, computed in float32.
   *
   * <p>Source: kernels/activations.cc, SigmoidPrepare, and internal/common.h, LUTPopulate.
   */
  public static Scalar logistic(PerTensor in, int channels) {
    long[] table = new long[256];
    for (int i = 0; i < 256; i++) {
      float x = in.scale() * (i - 128 - in.zeroPoint());
      float y = 1.0f / (1.0f + (float) StrictMath.exp(-(double) x));
      table[i] = Math.min(127, (long) Math.floor(y * 256.0f + 0.5) - 128);
    }
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x0", Interval.INT8);
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(b.lookup(new LookupTable("sigmoid", table), b.add(x, 128)));
  }

  /** CalculateInputRadius: the largest input that does not overflow {@code integerBits} integer bits. */
  public static long inputRadius(int integerBits, int shift) {
    double largest = ((1 << integerBits) - 1.0) * (1L << (31 - integerBits));
    return (long) Math.floor(Math.scalb(largest, -shift));
  }

  /** The constants of a softmax: what {@code kernel.RowSoftmax} runs. */
  public record Softmax(Scalar exponential, Scalar term, Scalar reciprocal, Scalar scale) {}

  /**
   * Softmax to (1/256, -128). Source: reference/softmax.h.
   *
   * @param length  elements in a row
   * @throws IllegalArgumentException if {@code beta * scale} is outside of what the reference kernel takes, or the row
   *     is too long for its 32-bit sum
   */
  public static Softmax softmax(float inScale, float beta, int length) {
    return softmax(softmaxScale(inScale, beta, length), length);
  }

  /** {@code beta * scale * 2^26}, as softmax and its logarithm scale differences; the exceptions are those of both. */
  public static FixedPoint softmaxScale(float inScale, float beta, int length) {
    double real = Math.min((double) beta * (double) inScale * (1 << 26), (double) (1L << 31) - 1.0);
    if (real <= 1.0) {
      throw new IllegalArgumentException("beta * scale = " + (double) beta * inScale + " is below 2^-26");
    }
    requireRow(length);
    return FixedPoint.of(real);
  }

  private static void requireRow(int length) {
    if (length > 4095) {
      throw new IllegalArgumentException("a row of " + length + " elements exceeds 4095");
    }
  }

  /** Softmax with {@code beta * scale * 2^26} at hand. */
  public static Softmax softmax(FixedPoint scale, int length) {
    requireRow(length);
    ScalarBuilder term = new ScalarBuilder();
    Value e = term.input("e", Interval.of(0, Integer.MAX_VALUE));
    Scalar termBody = term.build(new Requantization(term).divideByPowerOfTwo(e, 12));
    return new Softmax(softmaxExponential(scale), termBody, softmaxReciprocal(length), softmaxShare());
  }

  private static Scalar softmaxExponential(FixedPoint scale) {
    long least = Math.max(-255, -inputRadius(5, scale.shift()));
    ScalarBuilder exact = new ScalarBuilder();
    Requantization q = new Requantization(exact);
    Value d = exact.input("d", Interval.of(least, 0));
    Value a = q.highMultiply(exact.shl(d, exact.constant(scale.shift())), exact.constant(scale.multiplier()));
    Scalar body = exact.build(new Exponential(exact).ofNegative(exact.clamp(a, Integer.MIN_VALUE, 0), 5));
    long[] table = new long[256];
    for (int i = (int) (least + 255); i < 256; i++) {
      table[i] = ScalarEvaluator.evaluate(body, i - 255L);
    }
    ScalarBuilder b = new ScalarBuilder();
    Value difference = b.input("d", Interval.of(-255, 0));
    return b.build(b.lookup(new LookupTable("exp", table), b.add(difference, 255)));
  }

  /** GetReciprocal: results are the doubled reciprocal and the number of leading zeros of the sum. */
  private static Scalar softmaxReciprocal(int length) {
    ScalarBuilder b = new ScalarBuilder();
    Value sum = b.input("sum", Interval.of(1L << 19, length * (1L << 19)));
    Value zeros = b.clz(sum);
    Value fraction = b.clamp(b.sub(b.shl(sum, zeros), b.constant(1L << 31)), 0, Integer.MAX_VALUE);
    return b.build(new Exponential(b).oneOverOnePlus(fraction), zeros);
  }

  private static Scalar softmaxShare() {
    ScalarBuilder b = new ScalarBuilder();
    Requantization q = new Requantization(b);
    Value e = b.input("e", Interval.of(0, Integer.MAX_VALUE));
    Value reciprocal = b.input("r0", Interval.of(0, Integer.MAX_VALUE));
    Value zeros = b.input("r1", Interval.of(0, 12));
    Value product = q.highMultiply(reciprocal, e);
    Value rounded = q.divideByPowerOfTwo(product, b.sub(b.constant(35), zeros));
    return b.build(b.clamp(b.add(rounded, -128), -128, 127));
  }
}
