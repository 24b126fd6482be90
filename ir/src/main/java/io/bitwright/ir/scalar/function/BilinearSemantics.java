package io.bitwright.ir.scalar.function;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Requantization;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;

/**
 * The meaning of bilinear interpolation, once for each element type. Inputs: {@code x0} the element of the lower row and
 * column, {@code x1} of the upper row, {@code x2} of the upper column, {@code x3} of both; {@code x4} and {@code x5} the
 * distances from the lower row and column ({@link BilinearAxis}).
 *
 * <p>Source: tensorflow/lite/kernels/internal/reference/resize_bilinear.h.
 */
public final class BilinearSemantics {
  private BilinearSemantics() {}

  /**
   * Signed codes: the products are exact, their sum is divided once, half away from zero.
   *
   * @param codes  all possible ones
   */
  public static Scalar ofCodes(Interval codes, int channels, Interval rows, Interval columns) {
    ScalarBuilder b = new ScalarBuilder();
    Value[] x = {b.input("x0", codes), b.input("x1", codes), b.input("x2", codes), b.input("x3", codes)};
    Value row = b.input("x4", rows);
    Value column = b.input("x5", columns);
    b.input("channel", Interval.of(0, channels - 1L));
    Value one = b.constant(1L << BilinearAxis.FRACTION_BITS);
    Value[] rowWeights = {b.sub(one, row), row};
    Value[] columnWeights = {b.sub(one, column), column};
    Value sum = b.constant(0);
    for (int i = 0; i < 4; i++) {
      sum = b.add(sum, b.mul(b.mul(x[i], rowWeights[i % 2]), columnWeights[i / 2]));
    }
    Value quotient = new Requantization(b).divideByPowerOfTwo(sum, 2 * BilinearAxis.FRACTION_BITS);
    return b.build(b.clamp(quotient, codes.lo(), codes.hi()));
  }

  /** Unsigned codes, stored minus 128: in f32, rounded half up. */
  public static Scalar ofUnsignedCodes(int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value[] x = new Value[4];
    for (int i = 0; i < 4; i++) {
      x[i] = b.fromInt(b.add(b.input("x" + i, Interval.INT8), 128));
    }
    Value sum = interpolated(b, x, channels);
    Value code = b.toInt(b.realAdd(sum, b.real(0.5f)), Interval.of(0, 255));
    return b.build(b.sub(code, b.constant(128)));
  }

  /** f32. */
  public static Scalar ofReals(int channels) {
    ScalarBuilder b = new ScalarBuilder();
    Value[] x = new Value[4];
    for (int i = 0; i < 4; i++) {
      x[i] = b.realInput("x" + i);
    }
    return b.build(interpolated(b, x, channels));
  }

  private static Value interpolated(ScalarBuilder b, Value[] x, int channels) {
    Value row = b.realInput("x4");
    Value column = b.realInput("x5");
    b.input("channel", Interval.of(0, channels - 1L));
    Value[] rowWeights = {b.realSub(b.real(1), row), row};
    Value[] columnWeights = {b.realSub(b.real(1), column), column};
    Value sum = b.realMul(b.realMul(x[0], rowWeights[0]), columnWeights[0]);
    for (int i = 1; i < 4; i++) {
      sum = b.realAdd(sum, b.realMul(b.realMul(x[i], rowWeights[i % 2]), columnWeights[i / 2]));
    }
    return sum;
  }
}
