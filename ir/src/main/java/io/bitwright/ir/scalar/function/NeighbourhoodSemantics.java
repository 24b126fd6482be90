package io.bitwright.ir.scalar.function;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.LookupTable;
import io.bitwright.ir.scalar.Requantization;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Scalar.Value;
import io.bitwright.ir.scalar.ScalarBuilder;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.ArrayList;
import java.util.List;

/** The integer meaning of local response normalisation: our own, as no reference kernel has one. docs/semantics.md. */
public final class NeighbourhoodSemantics {
  /** Bits of the largest entry of the table of factors. */
  private static final int FACTOR_BITS = 22;

  private NeighbourhoodSemantics() {}

  /**
   * {@code clamp((x - z) * factor[sum of squares >> k] / 2^n + zeroPoint)}, half away from zero. The factors are
   * computed for the middle of each stretch of 2^k sums.
   *
   * @param size  neighbouring channels: the inputs x0, x1, ...; x is input {@code (size - 1) / 2}
   */
  public static Scalar localResponseNorm(
      PerTensor in, PerTensor out, int channels, int size, float alpha, float beta, float bias) {
    ScalarBuilder b = new ScalarBuilder();
    List<Value> x = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      x.add(b.input("x" + i, Interval.INT8));
    }
    b.input("channel", Interval.of(0, channels - 1L));
    long largest = Math.max(127 - in.zeroPoint(), in.zeroPoint() + 128);
    int shift = Math.max(0, 56 - Long.numberOfLeadingZeros(size * largest * largest));
    Value sum = b.constant(0);
    for (Value each : x) {
      Value centred = b.sub(each, b.constant(in.zeroPoint()));
      sum = b.add(sum, b.mul(centred, centred));
    }
    Value index = b.clamp(b.shr(sum, b.constant(shift)), 0, 255);
    double[] factors = factors(in, out, shift, (double) alpha / size, beta, bias);
    int scale = FACTOR_BITS - 1 - Math.getExponent(factors[beta >= 0 ? 0 : 255]);
    if (scale < 0 || scale > 62) {
      throw new IllegalArgumentException("scales " + in.scale() + " and " + out.scale() + " are too far apart");
    }
    long[] table = new long[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (long) Math.floor(Math.scalb(factors[i], scale) + 0.5);
    }
    Value centre = b.sub(x.get((size - 1) / 2), b.constant(in.zeroPoint()));
    Value product = b.mul(centre, b.lookup(new LookupTable("factor", table), index));
    Value scaled = new Requantization(b).divideByPowerOfTwo(product, scale);
    return b.build(b.clamp(b.add(scaled, out.zeroPoint()), -128, 127));
  }

  private static double[] factors(PerTensor in, PerTensor out, int shift, double alpha, float beta, float bias) {
    double square = (double) in.scale() * in.scale();
    double[] factors = new double[256];
    for (int i = 0; i < factors.length; i++) {
      double sum = ((long) i << shift) + ((1L << shift) - 1) / 2.0;
      factors[i] = StrictMath.pow(bias + alpha * square * sum, -(double) beta) * in.scale() / out.scale();
    }
    return factors;
  }
}
