package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.op.Window;
import java.util.Arrays;

/** Integer {@link Kernel.Dot}: gathers each pixel's window, taps outside reading the padding code, and multiplies. */
final class IntegerDot implements RowKernel {
  /** Products of 8-bit codes that a 32-bit sum surely holds. */
  private static final int EXACT_BLOCK = 1 << 16;

  private final Kernel.Dot kernel;
  private final Memory memory;
  private final View in;
  private final RowSink sink;
  private final byte[] weights;
  private final int[] bias;
  private final int weightZero;
  private final int groupChannels;
  private final byte[] patch;
  private final int outputs;

  IntegerDot(Kernel.Dot kernel, Memory memory, View in, View out) {
    this.kernel = kernel;
    this.memory = memory;
    this.in = in;
    this.sink = new RowSink(memory, out, kernel.epilogue(), 1);
    this.weights = kernel.weights().toRaw();
    this.bias = Arrays.stream(kernel.bias().codes()).mapToInt(Math::toIntExact).toArray();
    this.weightZero = kernel.weightZeroPoint().orElse(0);
    boolean depthwise = kernel.connection() == Connection.DEPTHWISE;
    this.groupChannels = depthwise ? in.value().c() : in.value().c() / kernel.groups();
    this.patch = new byte[kernel.window().taps() * groupChannels];
    this.outputs = out.value().c();
  }

  @Override
  public void row(int n, int y) {
    sink.begin(n, y);
    int width = kernel.output().w();
    for (int x = 0; x < width; x++) {
      if (kernel.connection() == Connection.DEPTHWISE) {
        gather(n, y, x, 0);
        depthwise();
      } else {
        dense(n, y, x);
      }
      sink.push();
    }
    sink.end();
  }

  private void dense(int n, int y, int x) {
    int perGroup = outputs / kernel.groups();
    long[] acc = sink.ints(0);
    int at = sink.next();
    for (int g = 0; g < kernel.groups(); g++) {
      gather(n, y, x, g * groupChannels);
      long zeroTerm = weightZero == 0 ? 0 : (long) weightZero * sum();
      for (int i = 0; i < perGroup; i++) {
        int o = g * perGroup + i;
        acc[at + o] = bias[o] + dot(o * patch.length) - zeroTerm;
      }
    }
  }

  private long sum() {
    long sum = 0;
    for (byte b : patch) {
      sum += b;
    }
    return sum;
  }

  private long dot(int weightAt) {
    long total = 0;
    for (int from = 0; from < patch.length; from += EXACT_BLOCK) {
      int to = Math.min(patch.length, from + EXACT_BLOCK);
      int part = 0;
      for (int i = from; i < to; i++) {
        part += weights[weightAt + i] * patch[i];
      }
      total += part;
    }
    return total;
  }

  private void depthwise() {
    int multiplier = outputs / groupChannels;
    long[] acc = sink.ints(0);
    int at = sink.next();
    for (int o = 0; o < outputs; o++) {
      acc[at + o] = bias[o];
    }
    for (int tap = 0; tap < kernel.window().taps(); tap++) {
      int w = tap * outputs;
      int p = tap * groupChannels;
      for (int c = 0; c < groupChannels; c++) {
        for (int m = 0; m < multiplier; m++) {
          int o = c * multiplier + m;
          acc[at + o] += (weights[w + o] - weightZero) * patch[p + c];
        }
      }
    }
  }

  private void gather(int n, int y, int x, int firstChannel) {
    Window window = kernel.window();
    int at = 0;
    for (int i = 0; i < window.kernelH(); i++) {
      int inY = y * window.strideH() - window.padding().top() + i * window.dilationH();
      for (int j = 0; j < window.kernelW(); j++) {
        int inX = x * window.strideW() - window.padding().left() + j * window.dilationW();
        if (inY >= 0 && inY < in.value().h() && inX >= 0 && inX < in.value().w()) {
          System.arraycopy(memory.bytes(), in.address(n, inY, inX) + firstChannel, patch, at, groupChannels);
        } else {
          Arrays.fill(patch, at, at + groupChannels, (byte) kernel.paddingCode());
        }
        at += groupChannels;
      }
    }
  }
}
