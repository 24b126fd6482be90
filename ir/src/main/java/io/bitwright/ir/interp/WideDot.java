package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.op.Window;

/** {@link Kernel.Dot} of 16-bit codes, whose padding code is 0 and whose weights have no zero point. */
final class WideDot implements RowKernel {
  private final Kernel.Dot kernel;
  private final Memory memory;
  private final View in;
  private final RowSink sink;
  private final byte[] weights;
  private final long[] bias;
  private final long[] pixel;
  private final int outputs;

  WideDot(Kernel.Dot kernel, Memory memory, View in, View out) {
    if (kernel.paddingCode() != 0 || kernel.weightZeroPoint().isPresent()) {
      throw new IllegalArgumentException(kernel.header().label() + " of 16-bit codes has zero points");
    }
    this.kernel = kernel;
    this.memory = memory;
    this.in = in;
    this.sink = new RowSink(memory, out, kernel.epilogue(), 1);
    this.weights = kernel.weights().toRaw();
    this.bias = kernel.bias().codes();
    this.pixel = new long[in.value().c()];
    this.outputs = out.value().c();
  }

  @Override
  public void row(int n, int y) {
    sink.begin(n, y);
    Window window = kernel.window();
    for (int x = 0; x < kernel.output().w(); x++) {
      System.arraycopy(bias, 0, sink.ints(0), sink.next(), outputs);
      for (int i = 0; i < window.kernelH(); i++) {
        int inY = y * window.strideH() - window.padding().top() + i * window.dilationH();
        for (int j = 0; j < window.kernelW(); j++) {
          int inX = x * window.strideW() - window.padding().left() + j * window.dilationW();
          if (inY >= 0 && inY < in.value().h() && inX >= 0 && inX < in.value().w()) {
            memory.loadCodes(in.value().storage(), in.address(n, inY, inX), 1, pixel, 0, pixel.length);
            tap(i * window.kernelW() + j);
          }
        }
      }
      sink.push();
    }
    sink.end();
  }

  private void tap(int tap) {
    long[] acc = sink.ints(0);
    int at = sink.next();
    if (kernel.connection() == Connection.DEPTHWISE) {
      int multiplier = outputs / pixel.length;
      for (int o = 0; o < outputs; o++) {
        acc[at + o] += weights[tap * outputs + o] * pixel[o / multiplier];
      }
      return;
    }
    int perGroup = outputs / kernel.groups();
    int groupChannels = kernel.reductionChannels();
    for (int o = 0; o < outputs; o++) {
      int w = o * kernel.reductionLength() + tap * groupChannels;
      int first = o / perGroup * groupChannels;
      long sum = 0;
      for (int c = 0; c < groupChannels; c++) {
        sum += weights[w + c] * pixel[first + c];
      }
      acc[at + o] += sum;
    }
  }
}
