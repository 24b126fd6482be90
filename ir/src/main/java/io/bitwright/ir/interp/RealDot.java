package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import io.bitwright.ir.op.Window;

/**
 * f32 {@link Kernel.Dot}: products of the taps inside the image are added one by one, row, column, channel; then the
 * bias. Output channels advance together, which leaves each one's order as it is.
 */
final class RealDot implements RowKernel {
  private final Kernel.Dot kernel;
  private final Memory memory;
  private final View in;
  private final RowSink sink;
  private final float[] weights;
  private final float[] bias;
  private final int outputs;
  private final float[] acc;
  private final float[] pixel;

  RealDot(Kernel.Dot kernel, Memory memory, View in, View out) {
    this.kernel = kernel;
    this.memory = memory;
    this.in = in;
    this.sink = new RowSink(memory, out, kernel.epilogue(), 1);
    this.outputs = out.value().c();
    this.weights = kernel.connection() == Connection.DEPTHWISE
        ? kernel.weights().reals() : outputsInnermost(kernel.weights().reals());
    this.bias = kernel.bias().reals();
    this.acc = new float[outputs];
    this.pixel = new float[in.value().c()];
  }

  /** From [O][K] to [K][O], so that output channels are neighbours. */
  private float[] outputsInnermost(float[] byOutput) {
    int length = byOutput.length / outputs;
    float[] turned = new float[byOutput.length];
    for (int o = 0; o < outputs; o++) {
      for (int k = 0; k < length; k++) {
        turned[k * outputs + o] = byOutput[o * length + k];
      }
    }
    return turned;
  }

  @Override
  public void row(int n, int y) {
    sink.begin(n, y);
    Window window = kernel.window();
    for (int x = 0; x < kernel.output().w(); x++) {
      java.util.Arrays.fill(acc, 0);
      for (int i = 0; i < window.kernelH(); i++) {
        int inY = y * window.strideH() - window.padding().top() + i * window.dilationH();
        for (int j = 0; j < window.kernelW(); j++) {
          int inX = x * window.strideW() - window.padding().left() + j * window.dilationW();
          if (inY >= 0 && inY < in.value().h() && inX >= 0 && inX < in.value().w()) {
            memory.loadReals(in.address(n, inY, inX), pixel, 0, pixel.length);
            tap(i * window.kernelW() + j);
          }
        }
      }
      finish();
    }
    sink.end();
  }

  private void tap(int tap) {
    if (kernel.connection() == Connection.DEPTHWISE) {
      depthwiseTap(tap * outputs, outputs / pixel.length);
      return;
    }
    int perGroup = outputs / kernel.groups();
    int groupChannels = pixel.length / kernel.groups();
    for (int g = 0; g < kernel.groups(); g++) {
      int w = tap * groupChannels * outputs + g * perGroup;
      int c = 0;
      for (; c + 4 <= groupChannels; c += 4) {
        addFour(g * perGroup, perGroup, w + c * outputs, g * groupChannels + c);
      }
      for (; c < groupChannels; c++) {
        addOne(g * perGroup, perGroup, w + c * outputs, g * groupChannels + c);
      }
    }
  }

  private void depthwiseTap(int w, int multiplier) {
    if (multiplier == 1) {
      for (int o = 0; o < outputs; o++) {
        acc[o] += weights[w + o] * pixel[o];
      }
      return;
    }
    for (int o = 0; o < outputs; o++) {
      acc[o] += weights[w + o] * pixel[o / multiplier];
    }
  }

  private void addOne(int from, int count, int w, int channel) {
    float x = pixel[channel];
    for (int o = 0; o < count; o++) {
      acc[from + o] += weights[w + o] * x;
    }
  }

  /** Four channels, one after the other, with one pass over the accumulators. */
  private void addFour(int from, int count, int w, int channel) {
    float[] to = acc;
    float[] by = weights;
    int w1 = w + outputs;
    int w2 = w1 + outputs;
    int w3 = w2 + outputs;
    float x0 = pixel[channel];
    float x1 = pixel[channel + 1];
    float x2 = pixel[channel + 2];
    float x3 = pixel[channel + 3];
    for (int o = 0; o < count; o++) {
      to[from + o] = to[from + o] + by[w + o] * x0 + by[w1 + o] * x1 + by[w2 + o] * x2 + by[w3 + o] * x3;
    }
  }

  private void finish() {
    float[] to = sink.reals(0);
    int at = sink.next();
    for (int o = 0; o < outputs; o++) {
      to[at + o] = acc[o] + bias[o];
    }
    sink.push();
  }
}
