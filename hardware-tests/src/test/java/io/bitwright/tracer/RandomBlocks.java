package io.bitwright.tracer;

import io.bitwright.conformance.ProgramBuilder;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.kernel.QuantizedDot;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Blocks of random weights and of windows that trained networks seldom have; many accumulators are ties. */
final class RandomBlocks {
  private static final int FRAMES = 3;

  private final Random random;

  private RandomBlocks(int seed) {
    this.random = new Random(seed);
  }

  static List<BlockCase> all() {
    Padding same = new Padding(1, 1, 1, 1);
    Window columns = new Window(1, 4, 1, 3, 1, 1, new Padding(0, 0, 2, 0));
    Window dilated = new Window(3, 2, 1, 2, 2, 3, new Padding(2, 1, 0, 2));
    return List.of(
        new RandomBlocks(1).block("5x5 valid", List.of(9, 6, 3),
            Window.of(5, 5, 1, Padding.NONE), 1, 7, Rounding.SINGLE),
        new RandomBlocks(2).block("1x4 stride 1x3", List.of(3, 10, 4), columns, 1, 2, Rounding.TFLITE),
        new RandomBlocks(3).block("one element", List.of(1, 1, 1), Window.POINT, 1, 1, Rounding.TFLITE),
        new RandomBlocks(4).block("dilated, two maps a channel", List.of(8, 9, 3), dilated, 2, 5, Rounding.TIES_EVEN),
        new RandomBlocks(5).block("pixels of padding only", List.of(2, 2, 1),
            Window.of(3, 3, 2, new Padding(3, 3, 3, 3)), 3, 5, Rounding.TFLITE),
        new RandomBlocks(6).block("stride 2", List.of(7, 8, 5), Window.of(3, 3, 2, same), 1, 3, Rounding.TIES_EVEN));
  }

  private BlockCase block(String name, List<Integer> ifm, Window window, int multiplier, int outputs,
      Rounding rounding) {
    int channels = ifm.get(2) * multiplier;
    ProgramBuilder program = new ProgramBuilder();
    Value x = program.input(Shape.of(1, ifm.get(0), ifm.get(1), ifm.get(2)));
    Shape middle = Shape.of(1, window.outputH(x.h()), window.outputW(x.w()), channels);
    QuantizedDot depthwise = new QuantizedDot(Connection.DEPTHWISE, x.c(), window, weights(window.taps() * channels), 0,
        biases(channels), random.nextInt(256) - 128, scales(channels, -7), -5, Interval.INT8, rounding);
    Value y = program.append("depthwise_conv2d", List.of(x), middle, depthwise::kernel);
    QuantizedDot pointwise = new QuantizedDot(Connection.DENSE, 1, Window.POINT, weights(outputs * channels), 0,
        biases(outputs), -5, scales(outputs, -6), 9, Interval.of(-100, 90), rounding);
    Value z = program.append("conv2d", List.of(y), Shape.of(1, y.h(), y.w(), outputs), pointwise::kernel);
    List<byte[]> frames = Stream.generate(() -> bytes(x.sizeBytes())).limit(FRAMES).toList();
    return new BlockCase(name + " " + rounding, program.build("block", z), frames);
  }

  private TensorData weights(int count) {
    return TensorData.ofBytes(bytes(count));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private long[] biases(int count) {
    return random.longs(count, -2000, 2000).toArray();
  }

  /** Multipliers of few bits; one shifts to the left. */
  private List<FixedPoint> scales(int count, int shift) {
    return IntStream.range(0, count)
        .mapToObj(i -> new FixedPoint(
            (1 << 30) + random.nextInt(4) * (1 << 28), i == 1 ? 1 : shift - random.nextInt(2)))
        .toList();
  }
}
