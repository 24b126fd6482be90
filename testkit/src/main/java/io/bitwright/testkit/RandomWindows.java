package io.bitwright.testkit;

import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Random windows that fit a feature map. */
final class RandomWindows {
  private final Random random;

  RandomWindows(Random random) {
    this.random = random;
  }

  /** For a convolution: any stride, dilation and padding; empty where the shape is no feature map. */
  Optional<Window> over(Shape in) {
    if (in.rank() != 4) {
      return Optional.empty();
    }
    Window window = new Window(1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(2),
        1 + random.nextInt(2), 1 + random.nextInt(2), 1 + random.nextInt(2),
        new Padding(random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3)));
    return fits(window, in) ? Optional.of(window) : Optional.empty();
  }

  /** For a pooling: no dilation, every window touches the map. */
  Optional<Window> pooling(Shape in) {
    if (in.rank() != 4) {
      return Optional.empty();
    }
    int h = 1 + random.nextInt(3);
    int w = 1 + random.nextInt(3);
    Padding padding =
        new Padding(random.nextInt(h), random.nextInt(h), random.nextInt(w), random.nextInt(w));
    Window window = new Window(h, w, 1 + random.nextInt(2), 1 + random.nextInt(2), 1, 1, padding);
    return fits(window, in) ? Optional.of(window) : Optional.empty();
  }

  private static boolean fits(Window window, Shape in) {
    return window.outputH(in.dim(1)) >= 1 && window.outputW(in.dim(2)) >= 1;
  }

  Shape output(Window window, Shape in, int channels) {
    return Shape.of(in.dim(0), window.outputH(in.dim(1)), window.outputW(in.dim(2)), channels);
  }

  /** One of a number's divisors, the number itself included. */
  int divisor(int number) {
    List<Integer> all = IntStream.rangeClosed(1, number).filter(d -> number % d == 0).boxed().toList();
    return all.get(random.nextInt(all.size()));
  }
}
