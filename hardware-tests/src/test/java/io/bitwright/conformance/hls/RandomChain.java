package io.bitwright.conformance.hls;

import io.bitwright.conformance.ProgramBuilder;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.Kernel.Reduction;
import io.bitwright.ir.kernel.QuantizedDot;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chain with every kind of stage, of random shapes, windows, paddings and groups. Multipliers have few bits, so that
 * many accumulators are ties; weights have zero points or not.
 */
final class RandomChain {
  private static final int FRAMES = 3;
  private static final PerTensor HALF = new PerTensor(0.5f, -3);

  private final ProgramBuilder program = new ProgramBuilder();
  private final Random random;
  private final Value input;
  private Value current;

  private RandomChain(long seed) {
    random = new Random(seed);
    input = program.input(Shape.of(1, 5 + random.nextInt(6), 5 + random.nextInt(6), 1 + random.nextInt(5)));
    current = input;
  }

  /** Chains that together have everything. */
  static HlsCase of(long seed, int lanes) {
    RandomChain chain = new RandomChain(seed);
    chain.dense(1).depthwise(1);
    switch ((int) (seed % 4)) {
      case 0 -> chain.pool(Reduction.MAX).dense(2).table().globalMean().softmax();
      case 1 -> chain.pad().depthwise(2).pool(Reduction.SUM).requantize().fullyConnected().softmax();
      case 2 -> chain.dense(chain.current.c()).pad().dense(1).pool(Reduction.SUM).dense(1).globalMaximum();
      default -> chain.table().pool(Reduction.MAX).depthwise(3).dense(1).softmax().globalMean().fullyConnected();
    }
    return HlsCase.of("chain " + seed + " of " + lanes + " lanes", chain.program.build("net", chain.current),
        Stream.generate(() -> chain.bytes(chain.input.sizeBytes())).limit(FRAMES).toList(), lanes);
  }

  /** A window that fits, with paddings that may hold whole windows, and dilation now and then. */
  private Window window() {
    int dilation = random.nextInt(4) == 0 ? 2 : 1;
    int kernelH = 1 + random.nextInt(Math.min(4, (current.h() - 1) / dilation + 1));
    int kernelW = 1 + random.nextInt(Math.min(4, (current.w() - 1) / dilation + 1));
    int mostH = (kernelH - 1) * dilation + 2;
    int mostW = (kernelW - 1) * dilation + 2;
    Padding padding = new Padding(
        random.nextInt(mostH), random.nextInt(mostH), random.nextInt(mostW), random.nextInt(mostW));
    int most = current.h() > 4 && current.w() > 4 ? 2 : 1;
    return new Window(
        kernelH, kernelW, 1 + random.nextInt(most), 1 + random.nextInt(most), dilation, dilation, padding);
  }

  private Shape shape(Window window, int channels) {
    return Shape.of(1, window.outputH(current.h()), window.outputW(current.w()), channels);
  }

  private RandomChain dense(int groups) {
    int outputs = groups * (1 + random.nextInt(7));
    if (current.c() % groups != 0) {
      return dense(1);
    }
    return dot(Connection.DENSE, groups, window(), outputs, outputs * (current.c() / groups));
  }

  private RandomChain depthwise(int multiplier) {
    int outputs = current.c() * multiplier;
    return dot(Connection.DEPTHWISE, current.c(), window(), outputs, outputs);
  }

  private RandomChain fullyConnected() {
    current = program.reshaped(current, Shape.of(1, 1, 1, current.shape().elements()));
    int outputs = 3 + random.nextInt(9);
    return dot(Connection.DENSE, 1, Window.POINT, outputs, outputs * current.c());
  }

  private RandomChain dot(Connection connection, int groups, Window window, int outputs, int weightsPerTap) {
    Rounding rounding = Rounding.values()[random.nextInt(Rounding.values().length)];
    int weightZero = random.nextInt(3) == 0 ? random.nextInt(256) - 128 : 0;
    QuantizedDot dot = new QuantizedDot(connection, groups, window,
        TensorData.ofBytes(bytes(weightsPerTap * window.taps())), weightZero,
        random.longs(outputs, -2000, 2000).toArray(), random.nextInt(256) - 128, scales(outputs),
        random.nextInt(20) - 10, Interval.of(-120, 125), rounding);
    return append(connection.name().toLowerCase(java.util.Locale.ROOT), shape(window, outputs), dot::kernel);
  }

  private RandomChain append(String label, Shape shape, java.util.function.Function<Kernel.Header, Kernel> kernel) {
    current = program.append(label, List.of(current), shape, kernel);
    return this;
  }

  private RandomChain pool(Reduction reduction) {
    Window drawn = window();
    Window window = new Window(drawn.kernelH(), drawn.kernelW(), drawn.strideH(), drawn.strideW(), 1, 1,
        new Padding(0, drawn.kernelH() - 1, drawn.kernelW() - 1, 0));
    Interval taps = Interval.of(1, window.taps());
    int channels = current.c();
    return append("pool", shape(window, channels), header -> new Kernel.Reduce(header, reduction, window,
        reduction == Reduction.MAX ? Semantics.maximumEpilogue(Interval.INT8, channels, taps, Interval.of(-100, 99))
            : Semantics.averageEpilogue(Interval.INT8.times(taps), channels, taps, 128, Interval.INT8)));
  }

  private Window whole() {
    return Window.of(current.h(), current.w(), 1, Padding.NONE);
  }

  private RandomChain globalMean() {
    Window window = whole();
    int count = window.taps();
    int channels = current.c();
    return append("mean", Shape.of(1, 1, 1, channels), header -> new Kernel.Reduce(header, Reduction.SUM, window,
        Semantics.meanEpilogue(Interval.INT8.times(Interval.point(count)), channels, count, HALF,
            new PerTensor(0.25f, 7), Interval.INT8, Rounding.TFLITE)));
  }

  private RandomChain globalMaximum() {
    Window window = whole();
    int channels = current.c();
    return append("max", Shape.of(1, 1, 1, channels), header -> new Kernel.Reduce(header, Reduction.MAX, window,
        Semantics.maximumEpilogue(Interval.INT8, channels, Interval.point(window.taps()), Interval.of(-90, 120))));
  }

  private RandomChain table() {
    TensorData table = TensorData.ofBytes(bytes(256));
    return append("table", current.shape(), header -> new Kernel.Table(header, table));
  }

  private RandomChain requantize() {
    Value operand = current;
    return append("requantize", current.shape(),
        header -> new Kernel.Map(header, List.of(Kernel.Operand.of(operand)), Semantics.requantize(
            FixedPoint.of(0.75), -3, 7, Interval.INT8, operand.c(), Interval.INT8, Rounding.TIES_EVEN)));
  }

  private RandomChain pad() {
    int top = random.nextInt(3);
    int left = random.nextInt(3);
    Shape shape = Shape.of(
        1, current.h() + top + random.nextInt(3), current.w() + left + random.nextInt(3), current.c());
    Kernel.Piece piece = new Kernel.Piece(
        0, List.of(0, 0, 0, 0), List.of(0, top, left, 0), List.of(1, current.h(), current.w(), current.c()));
    return append("pad", shape, header -> new Kernel.Move(header, List.of(piece), OptionalInt.of(-5)));
  }

  private RandomChain softmax() {
    Semantics.Softmax parts = Semantics.softmax(0.1f, 1, current.c());
    return append("softmax", current.shape(), header -> new Kernel.RowSoftmax(
        header, parts.exponential(), parts.term(), parts.reciprocal(), parts.scale()));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<FixedPoint> scales(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new FixedPoint((1 << 30) + random.nextInt(4) * (1 << 28), i == 1 ? 1 : -7 - random.nextInt(3)))
        .toList();
  }
}
