package io.bitwright.ir.scalar.function;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of one 8-bit code that are defined by their 256 results: {@code x = scale * (q - zeroPoint)} in float32, the
 * function of it in double, rounded to float32, divided by the output's scale in float32 and rounded half away from zero.
 *
 * <p>Source of the steps: tensorflow/lite/kernels/internal/common.h, LUTPopulate. All codes are stored codes.
 */
public final class CodeFunctions {
  private CodeFunctions() {}

  /** {@code min(max(x + 3, 0), 6) / 6}. */
  public static Scalar hardSigmoid(PerTensor in, PerTensor out, int channels) {
    return tabulated("hard_sigmoid", in, out, channels, x -> Math.min(Math.max(x + 3, 0), 6) / 6);
  }

  /** {@code x / (1 + exp(-x))}. */
  public static Scalar swish(PerTensor in, PerTensor out, int channels) {
    return tabulated("swish", in, out, channels, x -> x / (1 + StrictMath.exp(-x)));
  }

  /** The hyperbolic tangent. */
  public static Scalar tanh(PerTensor in, PerTensor out, int channels) {
    return tabulated("tanh", in, out, channels, StrictMath::tanh);
  }

  /** e to the power of x. */
  public static Scalar exp(PerTensor in, PerTensor out, int channels) {
    return tabulated("exp", in, out, channels, StrictMath::exp);
  }

  private static Scalar tabulated(
      String name, PerTensor in, PerTensor out, int channels, DoubleUnaryOperator function) {
    long[] table = new long[256];
    float inverse = 1.0f / out.scale();
    for (int i = 0; i < 256; i++) {
      float x = in.scale() * (i - 128 - in.zeroPoint());
      float y = (float) function.applyAsDouble(x) * inverse;
      double rounded = Math.signum(y) * Math.floor(Math.abs((double) y) + 0.5);
      table[i] = (long) Math.min(Math.max(rounded + out.zeroPoint(), -128), 127);
    }
    ScalarBuilder b = new ScalarBuilder();
    Value x = b.input("x0", Interval.INT8);
    b.input("channel", Interval.of(0, channels - 1L));
    return b.build(b.lookup(new LookupTable(name, table), b.add(x, 128)));
  }
}
