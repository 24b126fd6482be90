package io.bitwright.ir.kernel;

import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.TensorData;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A sum of products in terms of its definition, {@code acc = bias + sum (w - weightZero) * (x - inputZero)}, and the
 * kernel that computes it with the input's zero point moved into the bias. All codes are stored codes.
 */
public final class QuantizedDot {
  /** TFLite's 64-bit requantisation takes sums of 48 bits. */
  private static final int WIDE_BIAS_BITS = 47;

  private final Connection connection;
  private final int groups;
  private final Window window;
  private final TensorData weights;
  private final int weightZero;
  private final int inputZero;
  private final List<FixedPoint> scales;
  private final int outputZero;
  private final Interval limits;
  private final Rounding rounding;
  private final Interval codes;
  private final boolean sums64;
  private final long[] bias;
  private Interval exact;
  private long partial;

  /** A sum of products with 8-bit codes, which TFLite keeps in 32 bits. */
  public QuantizedDot(Connection connection, int groups, Window window, TensorData weights, int weightZero,
      long[] sourceBias, int inputZero, List<FixedPoint> scales, int outputZero, Interval limits, Rounding rounding) {
    this(connection, groups, window, weights, weightZero, sourceBias, inputZero, scales, outputZero, limits, rounding,
        Interval.INT8, false);
  }

  /**
   * Computes the biases and the bounds of the accumulators from the actual weights.
   *
   * @param weights  i8, laid out as {@link Connection} says
   * @param sourceBias  one an output channel
   * @param scales  one, or one an output channel
   * @param limits  of the result
   * @param codes  all possible codes of the input
   * @param sums64  whether TFLite keeps the sums in 64 bits
   * @throws IllegalArgumentException if a bias with the zero point taken in exceeds 32 bits, or 47 of a sum of 64
   */
  public QuantizedDot(Connection connection, int groups, Window window, TensorData weights, int weightZero,
      long[] sourceBias, int inputZero, List<FixedPoint> scales, int outputZero, Interval limits, Rounding rounding,
      Interval codes, boolean sums64) {
    this.connection = connection;
    this.groups = groups;
    this.window = window;
    this.weights = weights;
    this.weightZero = weightZero;
    this.inputZero = inputZero;
    this.scales = List.copyOf(scales);
    this.outputZero = outputZero;
    this.limits = limits;
    this.rounding = rounding;
    this.codes = codes;
    this.sums64 = sums64;
    this.bias = new long[sourceBias.length];
    byte[] raw = weights.toRaw();
    for (int o = 0; o < bias.length; o++) {
      bound(o, raw, sourceBias[o]);
    }
  }

  private void bound(int o, byte[] raw, long sourceBias) {
    int length = raw.length / bias.length;
    long sum = 0;
    long lo = 0;
    long hi = 0;
    long magnitude = 0;
    for (int i = 0; i < length; i++) {
      int code = connection == Connection.DEPTHWISE ? raw[i * bias.length + o] : raw[o * length + i];
      int centred = code - weightZero;
      sum += centred;
      lo += Math.min(centred * codes.lo(), centred * codes.hi());
      hi += Math.max(centred * codes.lo(), centred * codes.hi());
      magnitude += (Math.abs(code) + Math.abs(weightZero)) * -codes.lo();
    }
    int bits = sums64 ? WIDE_BIAS_BITS : 32;
    if (Interval.point(sourceBias).signedBits() > bits
        || Interval.point(sourceBias - inputZero * sum).signedBits() > bits) {
      throw new IllegalArgumentException(
          "bias " + sourceBias + " with the input's zero point exceeds " + bits + " bits");
    }
    long moved = sourceBias - inputZero * sum;
    bias[o] = moved;
    Interval own = Interval.of(moved + lo, moved + hi);
    exact = exact == null ? own : exact.union(own);
    partial = Math.max(partial, Math.abs(moved) + magnitude);
  }

  /** Whether some input could drive an accumulator out of TFLite's 32 bits. */
  public boolean canSaturate() {
    return !sums64 && !exact.within(Interval.INT32);
  }

  /** The kernel. Its accumulator's interval is wide enough for every partial sum. */
  public Kernel.Dot kernel(Kernel.Header header) {
    Interval acc = partial <= Integer.MAX_VALUE ? exact : exact.union(Interval.of(-partial, partial));
    return kernel(header, acc, sums64
        ? Semantics.wideAccumulatorEpilogue(acc, scales, bias.length, outputZero, limits, rounding)
        : Semantics.accumulatorEpilogue(acc, scales, bias.length, outputZero, limits, rounding));
  }

  /**
   * A kernel whose results are the accumulators.
   *
   * @throws IllegalArgumentException if a partial sum may exceed 32 bits
   */
  public Kernel.Dot accumulators(Kernel.Header header) {
    Interval acc = exact.union(Interval.of(-partial, partial));
    return kernel(header, acc, Semantics.accumulator(acc, bias.length));
  }

  private Kernel.Dot kernel(Kernel.Header header, Interval acc, Scalar epilogue) {
    TensorData biases = acc.within(Interval.INT32)
        ? TensorData.ofInts(Arrays.stream(bias).mapToInt(Math::toIntExact).toArray()) : TensorData.ofLongs(bias);
    OptionalInt remainingZero = weightZero == 0 ? OptionalInt.empty() : OptionalInt.of(weightZero);
    return new Kernel.Dot(header, connection, groups, window, weights, biases, inputZero,
        remainingZero, epilogue);
  }
}
