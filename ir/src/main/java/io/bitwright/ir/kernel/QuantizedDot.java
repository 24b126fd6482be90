package io.bitwright.ir.kernel;

import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.TensorData;
import java.util.List;
import java.util.OptionalInt;

/**
 * A sum of products in terms of its definition, {@code acc = bias + sum (w - weightZero) * (x - inputZero)}, and the
 * kernel that computes it with the input's zero point moved into the bias. All codes are stored codes.
 */
public final class QuantizedDot {
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
  private final int[] bias;
  private Interval exact;
  private long partial;

  /**
   * Computes the biases and the bounds of the accumulators from the actual weights.
   *
   * @param weights  i8, laid out as {@link Connection} says
   * @param sourceBias  one an output channel
   * @param scales  one, or one an output channel
   * @param limits  of the result, within 8 bits
   * @throws IllegalArgumentException if a bias with the zero point taken in exceeds 32 bits
   */
  public QuantizedDot(Connection connection, int groups, Window window, TensorData weights, int weightZero,
      long[] sourceBias, int inputZero, List<FixedPoint> scales, int outputZero, Interval limits, Rounding rounding) {
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
    this.bias = new int[sourceBias.length];
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
      lo += Math.min(centred * -128, centred * 127);
      hi += Math.max(centred * -128, centred * 127);
      magnitude += (Math.abs(code) + Math.abs(weightZero)) * 128L;
    }
    long moved = sourceBias - inputZero * sum;
    if (moved != (int) moved) {
      throw new IllegalArgumentException("bias " + moved + " with the input's zero point exceeds 32 bits");
    }
    bias[o] = (int) moved;
    Interval own = Interval.of(moved + lo, moved + hi);
    exact = exact == null ? own : exact.union(own);
    partial = Math.max(partial, Math.abs(moved) + magnitude);
  }

  /** Whether some input could drive an accumulator out of 32 bits. */
  public boolean canSaturate() {
    return !exact.within(Interval.INT32);
  }

  /** The kernel. Its accumulator's interval is wide enough for every partial sum. */
  public Kernel.Dot kernel(Kernel.Header header) {
    Interval acc = partial <= Integer.MAX_VALUE ? exact : exact.union(Interval.of(-partial, partial));
    return kernel(header, Semantics.accumulatorEpilogue(acc, scales, bias.length, outputZero, limits, rounding));
  }

  /**
   * A kernel whose results are the accumulators.
   *
   * @throws IllegalArgumentException if a partial sum may exceed 32 bits
   */
  public Kernel.Dot accumulators(Kernel.Header header) {
    Interval acc = exact.union(Interval.of(-partial, partial));
    return kernel(header, Semantics.accumulator(acc, bias.length));
  }

  private Kernel.Dot kernel(Kernel.Header header, Scalar epilogue) {
    OptionalInt remainingZero = weightZero == 0 ? OptionalInt.empty() : OptionalInt.of(weightZero);
    return new Kernel.Dot(header, connection, groups, window, weights, TensorData.ofInts(bias), inputZero,
        remainingZero, epilogue);
  }
}
