package io.bitwright.frontend.quantise.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationMethodTest {
  private static byte[] raw(float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return raw.array();
  }

  private static Observation observe(float[]... frames) {
    List<Range> ranges = new ArrayList<>();
    Histogram histogram = new Histogram();
    for (float[] frame : frames) {
      Range range = Range.of(raw(frame));
      ranges.add(range);
      histogram.add(raw(frame), range);
    }
    return new Observation(ranges, histogram, Optional.empty());
  }

  /** Normally distributed, with one outlier. */
  private static float[] bell(int count, float outlier) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double sum = -6;
      for (int j = 0; j < 12; j++) {
        sum += random.nextDouble();
      }
      values[i] = (float) sum;
    }
    values[0] = outlier;
    return values;
  }

  /** The mean squared error of rounding to 256 codes over a range, measured element by element. */
  private static double error(float[] values, Range range) {
    double scale = (range.max() - (double) range.min()) / 255;
    long zero = Math.round(-range.min() / scale);
    double sum = 0;
    for (float x : values) {
      long code = Math.min(Math.max(Math.round(x / scale) + zero, 0), 255);
      double difference = x - (code - zero) * scale;
      sum += difference * difference;
    }
    return sum / values.length;
  }

  @Test
  void allThatWasObserved() {
    assertEquals(new Range(-3, 5), CalibrationMethod.MIN_MAX.range(observe(new float[] {-3, 1}, new float[] {0, 5})));
  }

  @Test
  void averagesMoveTowardsEachFrame() {
    Range range = CalibrationMethod.MOVING_AVERAGE.range(observe(new float[] {-1, 1}, new float[] {-2, 3}));
    assertEquals(-1.1f, range.min(), 1e-6f);
    assertEquals(1.2f, range.max(), 1e-6f);
  }

  @Test
  void percentilesLeaveOutTheOutermost() {
    float[] values = bell(50_000, 1000);
    Range range = CalibrationMethod.PERCENTILE.range(observe(values));
    // 5 of 50,000 elements lie on each side: beyond 3.7 deviations of a normal distribution, or its likes.
    assertTrue(range.max() > 3 && range.max() < 5.5 && range.min() < -3, range.toString());
  }

  @Test
  void leastSquaresIsTheLeastOfMany() {
    float[] values = bell(20_000, 40);
    Range best = CalibrationMethod.MSE.range(observe(values));
    double least = error(values, best);
    assertTrue(best.max() < 40, best.toString());
    for (int low = 2; low <= 40; low++) {
      for (int high = 2; high <= 160; high++) {
        Range other = new Range(-low / 8f, high / 4f);
        assertTrue(error(values, other) > 0.97 * least, () -> other + " is better than " + best);
      }
    }
  }

  /** A mean square of few large elements outweighs the rounding of the many small ones. */
  @Test
  void leastSquaresKeepsWhatManyElementsReach() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 10 == 0 ? 6 : i % 7 / 100f;
    }
    assertEquals(new Range(0, 6), CalibrationMethod.MSE.range(observe(values)));
  }

  @ParameterizedTest
  @EnumSource(CalibrationMethod.class)
  void constantTensors(CalibrationMethod method) {
    assertEquals(new Range(0, 0), method.range(observe(new float[8])));
    Range one = method.range(observe(new float[] {2.5f, 2.5f}));
    assertEquals(2.5f, Math.max(0, one.max()), 0.01f);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-40f, 1e-20f, 1, 3e38f})
  void magnitudesOfAnySize(float size) {
    Observation seen = observe(new float[] {-size, size / 2, size});
    for (CalibrationMethod method : CalibrationMethod.values()) {
      Range range = method.range(seen);
      assertEquals(1, range.max() / size, 0.01, method.name());
    }
  }

  @Test
  void histogramsDependOnNoOrder() {
    float[] values = bell(4096, 70);
    Histogram whole = new Histogram();
    whole.add(raw(values), Range.of(raw(values)));
    Histogram parts = new Histogram();
    for (int i = values.length - 512; i >= 0; i -= 512) {
      byte[] part = raw(java.util.Arrays.copyOfRange(values, i, i + 512));
      Histogram one = new Histogram();
      one.add(part, Range.of(part));
      parts.merge(one);
    }
    long count = 0;
    for (int i = 0; i < whole.cells(); i++) {
      assertEquals(whole.count(i), parts.count(i));
      assertEquals(whole.middle(i), parts.middle(i));
      count += whole.count(i);
    }
    assertEquals(values.length, count + whole.zeros());
  }

  @Test
  void whatLiesOutsideCountsAtTheEnd() {
    Observation seen = observe(new float[] {-8, -7, 1, 2}).within(new Range(-3, 1.5f));
    assertEquals(new Range(-3, 1.5f), seen.range());
    assertEquals(-3, CalibrationMethod.MSE.range(seen).min(), 0.01f);
    Observation positive = observe(new float[] {-8, -7, 1, 2}).within(new Range(0, Float.POSITIVE_INFINITY));
    assertEquals(2, positive.histogram().zeros());
    assertEquals(new Range(0, 2), CalibrationMethod.MSE.range(positive));
  }
}
