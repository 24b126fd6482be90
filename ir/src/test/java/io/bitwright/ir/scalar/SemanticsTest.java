package io.bitwright.ir.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.graph.UnaryMeaning;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published golden vectors of the TFLite reference kernels. */
class SemanticsTest {
  @ParameterizedTest
  @CsvSource({
    "1000, 1074731384, -4, 31", "3, 1073741824, 0, 2", "-3, 1073741824, 0, -1", "-1, 1073741824, 0, 0",
    "1, 1073741824, 0, 1", "-6, 1073741824, -1, -2", "6, 1073741824, -1, 2", "12345678, 1737404294, -16, 152",
    "255, 1879048192, 1, 446", "-2147483648, 1073741824, 0, -1073741824", "-19998, 1288490189, -1, -6000"
  })
  void multipliesWithDoubleRounding(long x, int multiplier, int shift, long expected) {
    assertEquals(expected, scaled(x, new FixedPoint(multiplier, shift), Rounding.TFLITE));
  }

  @ParameterizedTest
  @CsvSource({"-6, 1073741824, -1, -1", "6, 1073741824, -1, 2", "-19998, 1288490189, -1, -5999"})
  void multipliesWithSingleRounding(long x, int multiplier, int shift, long expected) {
    assertEquals(expected, scaled(x, new FixedPoint(multiplier, shift), Rounding.SINGLE));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "3, 2", "5, 2", "6, 3", "7, 4", "-1, 0", "-3, -2", "-5, -2", "-7, -4"})
  void roundsTiesToEven(long x, long expected) {
    assertEquals(expected, scaled(x, FixedPoint.of(0.5), Rounding.TIES_EVEN));
  }

  private static long scaled(long x, FixedPoint scale, Rounding rounding) {
    ScalarBuilder b = new ScalarBuilder();
    Scalar.Value v = b.input("x", Interval.INT32);
    return ScalarEvaluator.evaluate(b.build(new Requantization(b).scale(v, scale, rounding)), x);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 1073741824, 0", "0.25, 1073741824, -1", "0, 0, 0", "1, 1073741824, 1", "0.9999999999, 1073741824, 1",
    "1e-12, 0, 0"
  })
  void quantisesMultipliers(double real, int multiplier, int shift) {
    assertEquals(new FixedPoint(multiplier, shift), FixedPoint.of(real));
  }

  @Test
  void quantisesTheFirstMultiplierOfMobileNetV2() {
    assertEquals(new FixedPoint(1550200378, -6), Semantics.productScale(0.0078125f, 0.03396893f, 0.02352848f));
  }

  @Test
  void addsAndMultiplies() {
    Scalar add = Semantics.add(
        new PerTensor(0.1f, 3), new PerTensor(0.05f, -10), new PerTensor(0.12f, 5), Interval.INT8, 1,
        Interval.INT8, Rounding.TFLITE);
    assertEquals(40, ScalarEvaluator.evaluate(add, 50, -20, 0));
    float six = 6 / 255f;
    Scalar gate = Semantics.mul(
        new PerTensor(six, -128), new PerTensor(1 / 256f, -128), new PerTensor(six, -128), Interval.INT8, 1,
        Interval.INT8, Rounding.TFLITE);
    assertEquals(31, ScalarEvaluator.evaluate(gate, 100, 50, 0));
    Scalar mul = Semantics.mul(
        new PerTensor(.05f, 0), new PerTensor(.02f, 3), new PerTensor(.04f, -4), Interval.INT8, 1,
        Interval.INT8, Rounding.TFLITE);
    assertEquals(-38, ScalarEvaluator.evaluate(mul, -50, 30, 0));
  }

  /** TFLite's rational approximation: a coefficient off by a thousandth shows. */
  @Test
  void takesLogarithms() {
    ScalarBuilder b = new ScalarBuilder();
    Scalar logarithm = b.build(new Logarithm(b).of(b.input("x", Interval.of(1L << 19, Integer.MAX_VALUE)), 12));
    double worst = 0;
    for (double x = 1; x < 4095; x *= 1.0007) {
      long raw = (long) (x * (1 << 19));
      double result = Math.scalb((double) ScalarEvaluator.evaluate(logarithm, raw), -26);
      worst = Math.max(worst, Math.abs(result - Math.log(Math.scalb((double) raw, -19))));
    }
    assertTrue(worst < 1.5e-7, "off by " + worst);
  }

  @Test
  void means() {
    PerTensor q = new PerTensor(.05f, -10);
    long sum = -3 - 4 - 4 + 5 + 6 + 7 + 100 - 128 + 64;
    Scalar mean = Semantics.meanEpilogue(
        Interval.INT8.times(Interval.point(9)), 1, 9, q, q, Interval.INT8, Rounding.TFLITE);
    assertEquals(5, ScalarEvaluator.evaluate(mean, sum, 0, 9));
  }

  @ParameterizedTest
  @CsvSource({"3, 2, 2", "-3, 2, -2", "1, 2, 1", "-1, 2, -1", "11, 3, 4", "-2, 4, -1"})
  void averagesHalfAwayFromZero(long sum, long taps, long expected) {
    Scalar average = Semantics.averageEpilogue(Interval.of(-2000, 2000), 1, Interval.of(1, 9), 0, Interval.INT8);
    assertEquals(expected, ScalarEvaluator.evaluate(average, sum, 0, taps));
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 0, 0.04, -119, e699b4c0", "0.023528477, -128, 0.0235, -128, 15065b1a", "0.1, 10, 0.09, -124, b1dc98cc",
    "0.3, -5, 0.28, -127, a26385c6", "1.0, 0, 0.9, -128, 331c4e5a"
  })
  void hardSwishTablesHaveThePublishedChecksums(float inScale, int inZero, float outScale, int outZero, String crc) {
    Scalar body = Semantics.hardSwish(new PerTensor(inScale, inZero), new PerTensor(outScale, outZero), 1);
    CRC32 sum = new CRC32();
    sum.update(UnaryMeaning.tabulate(body));
    assertEquals(crc, Long.toHexString(sum.getValue()));
  }

  @Test
  void sigmoidIsMonotoneAndNearTheRealFunction() {
    byte[] table = UnaryMeaning.tabulate(Semantics.logistic(new PerTensor(0.05f, 3), 1));
    for (int i = 0; i < 256; i++) {
      double real = 1 / (1 + Math.exp(-0.05 * (i - 128 - 3)));
      assertTrue(Math.abs(table[i] + 128 - Math.min(255, real * 256)) <= 0.51, "code " + (i - 128));
    }
  }

  /** Ties are where roundings part: every accumulator of a small range, multipliers of 2^30 + k * 2^28. */
  @Test
  void roundsEveryTieAsExactRationalArithmeticDoes() {
    for (int k = 0; k < 4; k++) {
      for (int shift = -6; shift <= 1; shift++) {
        FixedPoint scale = new FixedPoint((1 << 30) + k * (1 << 28), shift);
        for (long x = -600; x <= 600; x++) {
          assertEquals(doubleRounded(x, scale), scaled(x, scale, Rounding.TFLITE), x + " * " + scale);
        }
      }
    }
  }

  /** Half up at 31 bits, then half away from zero at the shift, in plain rationals. */
  private static long doubleRounded(long x, FixedPoint scale) {
    long left = x << scale.leftShift();
    long high = Math.floorDiv(left * scale.multiplier() * 2 + (1L << 31), 1L << 32);
    long unit = 1L << scale.rightShift();
    long magnitude = (2 * Math.abs(high) + unit) / (2 * unit);
    return high < 0 ? -magnitude : magnitude;
  }

  @Test
  void perChannelScalesAreLookedUp() {
    Scalar epilogue = Semantics.accumulatorEpilogue(Interval.of(-1000, 1000),
        List.of(FixedPoint.of(0.5), FixedPoint.of(0.25)), 2, -3, Interval.INT8, Rounding.TFLITE);
    assertEquals(47, ScalarEvaluator.evaluate(epilogue, 100, 0));
    assertEquals(22, ScalarEvaluator.evaluate(epilogue, 100, 1));
  }

  @Test
  void refusesWhatLeaves64Bits() {
    ScalarBuilder b = new ScalarBuilder();
    Scalar.Value wide = b.input("x", Interval.of(0, 1L << 40));
    assertThrows(ScalarOverflowException.class, () -> b.mul(wide, wide));
  }
}
