package io.bitwright.conformance.rtl;

import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.Shape;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Numbers, windows and scalar bodies for stages. */
final class RandomParameters {
  private final Random random;

  RandomParameters(Random random) {
    this.random = random;
  }

  boolean flip() {
    return random.nextBoolean();
  }

  /** From 1 to {@code most}. */
  int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  int divisor(int of) {
    int candidate = upTo(of);
    return of % candidate == 0 ? candidate : divisor(of);
  }

  int code() {
    return random.nextInt(256) - 128;
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  long[] biases(int count) {
    return random.longs(count, -2000, 2000).toArray();
  }

  Shape map(int channels) {
    return Shape.of(1, upTo(7), upTo(7), channels);
  }

  Interval limits() {
    return flip() ? Interval.INT8 : Interval.of(-128 + random.nextInt(40), 127 - random.nextInt(40));
  }

  /** Multipliers of few bits, so that many results are ties; one may shift to the left. */
  List<FixedPoint> scales(int count, int shift) {
    return IntStream.range(0, count).mapToObj(i -> new FixedPoint(
        (1 << 30) + random.nextInt(4) * (1 << 28), i == 1 ? 1 : shift - random.nextInt(3))).toList();
  }

  /** Any kernel, stride, dilation and padding that fits. */
  Window window(Value x) {
    Window window = new Window(upTo(4), upTo(4), upTo(3), upTo(3), upTo(2), upTo(2), padding(3, 3));
    return fits(window, x) ? window : window(x);
  }

  /** A row or a column of taps, or a large square. */
  Window wideWindow(Value x) {
    int size = upTo(7);
    Window window = switch (random.nextInt(3)) {
      case 0 -> new Window(1, size, 1, upTo(2), 1, 1, new Padding(0, 0, random.nextInt(size), random.nextInt(size)));
      case 1 -> new Window(size, 1, upTo(2), 1, 1, 1, new Padding(random.nextInt(size), random.nextInt(size), 0, 0));
      default -> Window.of(5, 5, upTo(2), new Padding(2, 2, 2, 2));
    };
    return fits(window, x) ? window : wideWindow(x);
  }

  /** No dilation; every window touches the map. */
  Window poolingWindow(Value x) {
    int h = upTo(4);
    int w = upTo(4);
    Window window = new Window(h, w, upTo(3), upTo(3), 1, 1, padding(h, w));
    return fits(window, x) && taps(window, x).lo() > 0 ? window : poolingWindow(x);
  }

  private Padding padding(int rows, int columns) {
    return new Padding(random.nextInt(rows), random.nextInt(rows), random.nextInt(columns), random.nextInt(columns));
  }

  private static boolean fits(Window window, Value x) {
    return window.outputH(x.h()) >= 1 && window.outputW(x.w()) >= 1;
  }

  /** How many taps lie in the image. */
  static Interval taps(Window window, Value x) {
    Interval rows = inside(window.outputH(x.h()), window.strideH(), window.padding().top(), window.kernelH(), x.h());
    Interval columns =
        inside(window.outputW(x.w()), window.strideW(), window.padding().left(), window.kernelW(), x.w());
    return rows.times(columns);
  }

  private static Interval inside(int outputs, int stride, int before, int kernel, int size) {
    int[] counts = IntStream.range(0, outputs).map(o -> {
      int first = o * stride - before;
      return Math.max(0, Math.min(first + kernel, size) - Math.max(first, 0));
    }).toArray();
    return Interval.of(IntStream.of(counts).min().orElseThrow(), IntStream.of(counts).max().orElseThrow());
  }

  /** A scalar body of a code and its channel. */
  Scalar function(int channels) {
    PerTensor in = new PerTensor(oneOf(0.0625f, 0.09375f, 0.05f), code());
    return switch (random.nextInt(4)) {
      case 0 -> Semantics.accumulatorEpilogue(Interval.INT8, scales(channels, 0), channels, code(), limits(),
          oneOf(Rounding.values()));
      case 1 -> Semantics.hardSwish(in, new PerTensor(0.078125f, code()), channels);
      case 2 -> Semantics.logistic(in, channels);
      default -> Semantics.requantize(FixedPoint.of(oneOf(0.75, 2.5, 0.0371)), code(), code(), Interval.INT8, channels,
          limits(), oneOf(Rounding.values()));
    };
  }
}
