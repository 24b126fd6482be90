package io.bitwright.ir.scalar.function;

import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Requantization;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;
import io.bitwright.ir.scalar.Semantics;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of 16-bit codes with zero point 0 that TFLite interpolates between table entries; those with bounded results
 * have scale 1/32768.
 *
 * <p>Sources: reference/integer_ops/logistic.h and tanh.h, reference/softmax.h (SoftmaxInt16), internal/common.h
 * (LUTPopulateInt16, LUTLookup), and the Prepare functions of kernels/activations.cc.
 */
public final class WideFunctions {
  private static final int STEPS = 512;

  /**
   * Sigmoid of 0, 1/24, 2/24, ... with 16 fractional bits, each moved by half of the interpolation's error in the
   * middle, which is an eighth of the second difference; the last one is the largest number. These are the 256 entries of
   * sigmoid_table_uint16 in TFLite's internal/common.h.
   */
  private static final LookupTable SIGMOID = sigmoid();
  private static final LookupTable EXP = table("exp", 10.0 / 65535, Short.MAX_VALUE, StrictMath::exp);
  private static final LookupTable RECIPROCAL =
      table("reciprocal", 1.0 / 65535, Short.MIN_VALUE, x -> 1 / (1 + x));

  private WideFunctions() {}

  private static LookupTable sigmoid() {
    long[] entries = new long[256];
    for (int i = 0; i < entries.length - 1; i++) {
      double bend = sigmoid(i - 1) - 2 * sigmoid(i) + sigmoid(i + 1);
      entries[i] = (long) round(65536 * (sigmoid(i) - bend / 16));
    }
    entries[entries.length - 1] = 65535;
    return new LookupTable("sigmoid", entries);
  }

  private static double sigmoid(int steps) {
    return 1 / (1 + StrictMath.exp(-steps / 24.0));
  }

  /** Samples of a function for codes of 16 bits, each moved by half of its interpolation's error in the middle. */
  private static LookupTable table(String name, double scale, int zeroPoint, DoubleUnaryOperator function) {
    double least = scale * (Short.MIN_VALUE - zeroPoint);
    double most = scale * (Short.MAX_VALUE - zeroPoint);
    double step = (most - least) / STEPS;
    double inverse = 65536 / (2.0 / 65535 * Short.MAX_VALUE - 2.0 / 65535 * Short.MIN_VALUE);
    long[] entries = new long[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      double sample = round(function.applyAsDouble(least + i * step) * inverse);
      double next = function.applyAsDouble(least + (i + 1) * step) * inverse;
      double middle = round(function.applyAsDouble(least + i * step + step / 2) * inverse);
      double error = round((next + sample) / 2) - middle;
      entries[i] = (long) limited(sample - round(error / 2));
    }
    entries[STEPS] = (long) limited(round(function.applyAsDouble(most) * inverse));
    return new LookupTable(name, entries);
  }

  /**
   * The same in float32 throughout, for a function whose argument and result have scales of their own.
   *
   * @param scale  of the argument
   * @param to  of the result
   */
  private static LookupTable table(String name, float scale, float to, DoubleUnaryOperator function) {
    float least = scale * Short.MIN_VALUE;
    float step = (scale * Short.MAX_VALUE - least) / STEPS;
    float inverse = 65536 / (to * Short.MAX_VALUE - to * Short.MIN_VALUE);
    long[] entries = new long[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      float sample = (float) round((float) function.applyAsDouble(least + i * step) * inverse);
      float next = (float) function.applyAsDouble(least + (i + 1) * step) * inverse;
      float middle = (float) round((float) function.applyAsDouble(least + i * step + step / 2) * inverse);
      float error = (float) round((next + sample) / 2) - middle;
      entries[i] = (long) limited(sample - (float) round(error / 2));
    }
    float last = (float) function.applyAsDouble(scale * Short.MAX_VALUE) * inverse;
    entries[STEPS] = (long) limited(round(last));
    return new LookupTable(name, entries);
  }

  /** e to the power of x. Source: kernels/exp.cc. */
  public static Scalar exp(float inScale, float outScale, int channels) {
    return interpolated(table("exp", inScale, outScale, StrictMath::exp), channels);
  }

  /**
   * The reciprocal square root; the largest code for what is not positive, which TFLite takes of 0 only.
   *
   * <p>Source: kernels/elementwise.cc, GenericPrepare.
   */
  public static Scalar rsqrt(float inScale, float outScale, int channels) {
    return interpolated(table("rsqrt", inScale, outScale,
        x -> x <= 0 ? Short.MAX_VALUE * outScale : 1.0f / (float) Math.sqrt(x)), channels);
  }

  private static Scalar interpolated(LookupTable table, int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x0", Interval.INT16);
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(b.clamp(lookup(b, table, x), Short.MIN_VALUE, Short.MAX_VALUE));
  }

  private static double round(double x) {
    return Math.signum(x) * Math.floor(Math.abs(x) + 0.5);
  }

  private static double limited(double x) {
    return Math.min(Math.max(x, Short.MIN_VALUE), Short.MAX_VALUE);
  }

  /** Sigmoid. */
  public static Scalar logistic(float inScale, int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = scaled(b, inScale, 0, channels);
    Value negative = b.less(x, b.constant(0));
    Value result = interpolated(b, b.max(x, b.sub(b.constant(0), x)), 9, 0x7fffL << 10);
    Value below = b.sub(b.constant((1 << 25) + (1 << 9) - 1), result);
    Value rounded = b.shr(b.select(negative, below, b.add(result, 1 << 9)), b.constant(10));
    return b.build(b.clamp(rounded, Short.MIN_VALUE, Short.MAX_VALUE));
  }

  /** The hyperbolic tangent, as {@code 2 * sigmoid(2 x) - 1}. */
  public static Scalar tanh(float inScale, int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value x = scaled(b, inScale, 1, channels);
    Value negative = b.less(x, b.constant(0));
    Value result = interpolated(b, b.max(x, b.sub(b.constant(0), x)), 8, 0xffffL << 8);
    Value above = b.sub(result, b.constant((1 << 23) - (1 << 7)));
    Value below = b.sub(b.constant((1 << 23) + (1 << 7) - 1), result);
    Value rounded = b.shr(b.select(negative, below, above), b.constant(8));
    return b.build(b.clamp(rounded, Short.MIN_VALUE, Short.MAX_VALUE));
  }

  /**
   * The code in steps of 1/(3 * 4096): exactly where its scale is 2^-12 or, as far as {@code mostLeft} allows, twice
   * that; else by a truncated multiplier.
   */
  private static Value scaled(ScalarBuilder b, float scale, int mostLeft, int channels) {
    Value x = b.input("x0", Interval.INT16);
    b.input("channel", Interval.of(0, channels - 1L));
    int left = 12 + PowerOfTwo.nearest(scale);
    if (PowerOfTwo.exponent(scale).isPresent() && left >= 0 && left <= mostLeft) {
      return b.mul(x, b.constant(3L << left));
    }
    double multiplier = scale * 4096.0 * 3.0;
    int shift = 0;
    while (multiplier <= Short.MAX_VALUE / 2.0 && shift <= 30) {
      shift++;
      multiplier *= 2;
    }
    if (multiplier > 0xffff) {
      throw new IllegalArgumentException("scale " + scale + " is too large (must be below 5.33)");
    }
    Value product = b.mul(x, b.constant((long) multiplier));
    return shift == 0 ? product : b.shr(b.add(product, 1L << (shift - 1)), b.constant(shift));
  }

  /** Between entries of the sigmoid that are 2^bits apart; {@code most} from the last entry on. */
  private static Value interpolated(ScalarBuilder b, Value magnitude, int bits, long most) {
    Value entry = b.shr(magnitude, b.constant(bits));
    Value index = b.clamp(entry, 0, 254);
    Value base = b.lookup(SIGMOID, index);
    Value slope = b.sub(b.lookup(SIGMOID, b.add(index, 1)), base);
    Value between = b.add(b.shl(base, b.constant(bits)), b.mul(b.lowBits(magnitude, bits), slope));
    return b.select(b.less(entry, b.constant(255)), between, b.constant(most));
  }

  /**
   * Softmax of a row.
   *
   * @throws IllegalArgumentException if the row is too long for a 32-bit sum
   */
  public static Semantics.Softmax softmax(float inScale, float beta, int length) {
    if (length > 65536) {
      throw new IllegalArgumentException("a row of " + length + " elements exceeds 65536");
    }
    ScalarBuilder term = new ScalarBuilder();
    Scalar termBody = term.build(term.input("e", Interval.of(0, Short.MAX_VALUE)));
    return new Semantics.Softmax(exponential(inScale, beta), termBody, reciprocal(length), share());
  }

  /** In 65535 steps to -10; the product of scale and beta is float32. */
  private static Scalar exponential(float inScale, float beta) {
    ScalarBuilder b = new ScalarBuilder();
    Requantization q = new Requantization(b);
    Value difference = b.input("d", Interval.of(-65535, 0));
    FixedPoint scale = FixedPoint.of(inScale * beta / (10.0 / 65535.0));
    Value scaled = q.scale(difference, scale, Rounding.TFLITE);
    Value code = b.clamp(b.add(scaled, Short.MAX_VALUE), Short.MIN_VALUE, Short.MAX_VALUE);
    return b.build(b.clamp(lookup(b, EXP, code), 0, Short.MAX_VALUE));
  }

  /** Results: the reciprocal of the sum, scaled to [1, 2), and the sum's leading zeros. */
  private static Scalar reciprocal(int length) {
    ScalarBuilder b = new ScalarBuilder();
    // The largest element's exponential is the table's last entry.
    Value sum = b.input("sum", Interval.of(EXP.entry(STEPS - 1), (long) length * Short.MAX_VALUE));
    Value zeros = b.clz(sum);
    Value shifted =
        b.shr(b.add(b.shl(sum, b.sub(zeros, b.constant(1))), 1 << 13), b.constant(14));
    Value code = b.clamp(b.sub(shifted, b.constant((1 << 15) + (1 << 16))), Short.MIN_VALUE, Short.MAX_VALUE);
    return b.build(b.clamp(lookup(b, RECIPROCAL, code), 0, Short.MAX_VALUE), zeros);
  }

  private static Scalar share() {
    ScalarBuilder b = new ScalarBuilder();
    Value e = b.input("e", Interval.of(0, Short.MAX_VALUE));
    Value reciprocal = b.input("r0", Interval.of(0, Short.MAX_VALUE));
    Value zeros = b.input("r1", Interval.of(1, 17));
    Value shift = b.sub(b.constant(31), zeros);
    Value half = b.shr(b.shl(b.constant(1), shift), b.constant(1));
    return b.build(b.clamp(b.shr(b.add(b.mul(e, reciprocal), half), shift), 0, Short.MAX_VALUE));
  }

  /** LUTLookup: between neighbouring entries, which are 128 codes apart. */
  private static Value lookup(ScalarBuilder b, LookupTable table, Value code) {
    Value index = b.add(b.shr(code, b.constant(7)), 256);
    Value base = b.lookup(table, index);
    Value slope = b.sub(b.lookup(table, b.add(index, 1)), base);
    Value offset = b.lowBits(code, 7);
    return b.add(base, b.shr(b.add(b.mul(slope, offset), 64), b.constant(7)));
  }
}
