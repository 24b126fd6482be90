package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Reduction;
import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.op.Window;
import java.util.Arrays;

/** {@link Kernel.Reduce}: sum or maximum over the taps inside the image. */
final class WindowReduce implements RowKernel {
  private final Kernel.Reduce kernel;
  private final Memory memory;
  private final View in;
  private final RowSink sink;
  private final boolean real;
  private final long[] pixel;
  private final int channels;

  WindowReduce(Kernel.Reduce kernel, Memory memory, View in, View out) {
    this.kernel = kernel;
    this.memory = memory;
    this.in = in;
    this.sink = new RowSink(memory, out, kernel.epilogue(), 1);
    this.real = in.value().storage() == Storage.F32;
    this.channels = in.value().c();
    this.pixel = new long[channels];
  }

  @Override
  public void row(int n, int y) {
    sink.begin(n, y);
    Window window = kernel.window();
    for (int x = 0; x < kernel.output().w(); x++) {
      int at = sink.next();
      start(at);
      int taps = 0;
      for (int i = 0; i < window.kernelH(); i++) {
        int inY = y * window.strideH() - window.padding().top() + i * window.dilationH();
        for (int j = 0; j < window.kernelW(); j++) {
          int inX = x * window.strideW() - window.padding().left() + j * window.dilationW();
          if (inY >= 0 && inY < in.value().h() && inX >= 0 && inX < in.value().w()) {
            tap(in.address(n, inY, inX), at);
            taps++;
          }
        }
      }
      Arrays.fill(sink.ints(2), at, at + channels, taps);
      sink.push();
    }
    sink.end();
  }

  private void start(int at) {
    boolean sum = kernel.reduction() == Reduction.SUM;
    if (real) {
      Arrays.fill(sink.reals(0), at, at + channels, sum ? 0 : Float.NEGATIVE_INFINITY);
    } else {
      Arrays.fill(sink.ints(0), at, at + channels, sum ? 0 : Short.MIN_VALUE);
    }
  }

  private void tap(int address, int at) {
    boolean sum = kernel.reduction() == Reduction.SUM;
    if (real) {
      float[] acc = sink.reals(0);
      for (int c = 0; c < channels; c++) {
        float value = memory.real(address + 4 * c);
        acc[at + c] = sum ? acc[at + c] + value : value > acc[at + c] ? value : acc[at + c];
      }
    } else {
      long[] acc = sink.ints(0);
      memory.loadCodes(in.value().storage(), address, 1, pixel, 0, channels);
      for (int c = 0; c < channels; c++) {
        acc[at + c] = sum ? acc[at + c] + pixel[c] : Math.max(acc[at + c], pixel[c]);
      }
    }
  }
}
