package io.bitwright.ir.scalar.function;

import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.scalar.Exponential;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Logarithm;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Requantization;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;
import io.bitwright.ir.scalar.ScalarEvaluator;
import io.bitwright.ir.scalar.Semantics;

/**
 * The logarithm of softmax over a row of 8-bit codes, to (1/16, 127); stored codes. As a row's kernel: the exponential's
 * place is taken by the difference from the maximum, the reciprocal's by the logarithm of the sum of exponentials. Where
 * TFLite's 32 bits would overflow it gives the smallest code, as the exact result limited does.
 *
 * <p>Source: reference/integer_ops/log_softmax.h and LogSoftmaxPrepare in kernels/activations.cc.
 */
public final class LogSoftmaxSemantics {
  private static final int INTEGER_BITS = 5;
  private static final int SUM_BITS = 12;
  private static final int OUTPUT_BITS = 4;

  private final FixedPoint scale;
  private final long least;

  private LogSoftmaxSemantics(FixedPoint scale) {
    this.scale = scale;
    this.least = -Semantics.inputRadius(INTEGER_BITS, scale.shift());
  }

  /**
   * The parts of the row's kernel.
   *
   * @param length  elements in a row
   * @throws IllegalArgumentException if the scale is below what the reference kernel takes, or the row is too long for
   *     its 32-bit sum
   */
  public static Semantics.Softmax of(float inScale, int length) {
    LogSoftmaxSemantics body = new LogSoftmaxSemantics(Semantics.softmaxScale(inScale, 1, length));
    ScalarBuilder difference = new ScalarBuilder();
    return new Semantics.Softmax(difference.build(difference.input("d", Interval.of(-255, 0))), body.term(),
        logarithm(length), body.result());
  }

  /** {@code exp(difference)} with 12 integer bits, 0 beyond the smallest difference. */
  private Scalar term() {
    ScalarBuilder exact = new ScalarBuilder();
    Value scaled = exact.min(scaled(exact), exact.constant(0));
    Value exponential = new Exponential(exact).ofNegative(scaled, INTEGER_BITS);
    Scalar body = exact.build(new Requantization(exact).divideByPowerOfTwo(exponential, SUM_BITS));
    ScalarBuilder b = new ScalarBuilder();
    Value d = b.input("e", Interval.of(-255, 0));
    return b.build(b.lookup(tabulated("exp", body, 0), b.add(d, 255)));
  }

  /** The logarithm of the sum, with 5 integer bits. */
  private static Scalar logarithm(int length) {
    ScalarBuilder b = new ScalarBuilder();
    Value sum = b.input("sum", Interval.of(1L << 19, length * (1L << 19)));
    return b.build(new Logarithm(b).of(sum, SUM_BITS));
  }

  /** The scaled difference less the logarithm, as a code. */
  private Scalar result() {
    ScalarBuilder exact = new ScalarBuilder();
    LookupTable differences = tabulated("difference", exact.build(scaled(exact)), Integer.MIN_VALUE);
    ScalarBuilder b = new ScalarBuilder();
    Value d = b.input("e", Interval.of(-255, 0));
    Value rest = b.sub(b.lookup(differences, b.add(d, 255)), b.input("r0", Interval.INT32));
    Value rounded = new Requantization(b).divideByPowerOfTwo(rest, 31 - INTEGER_BITS - OUTPUT_BITS);
    return b.build(b.clamp(b.add(rounded, 127), -128, 127));
  }

  /** A difference that is not too small, with 5 integer bits. */
  private Value scaled(ScalarBuilder b) {
    return new Requantization(b).scale(b.input("e", Interval.of(Math.max(-255, least), 0)), scale, Rounding.TFLITE);
  }

  /** The results for differences from -255 to 0, {@code beyond} for those that are too small. */
  private LookupTable tabulated(String name, Scalar function, long beyond) {
    long[] entries = new long[256];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = i - 255 < least ? beyond : ScalarEvaluator.evaluate(function, i - 255L);
    }
    return new LookupTable(name, entries);
  }
}
