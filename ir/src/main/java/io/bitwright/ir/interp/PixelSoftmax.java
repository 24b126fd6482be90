package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.scalar.ScalarEvaluator;
import java.util.Arrays;

/** {@link Kernel.RowSoftmax}: each pixel's channels on their own. */
final class PixelSoftmax implements RowKernel {
  private final Memory memory;
  private final View in;
  private final View out;
  private final boolean real;
  private final int channels;
  private final long[] codes;
  private final int reciprocals;
  private final ScalarEvaluator exponential;
  private final ScalarEvaluator term;
  private final ScalarEvaluator reciprocal;
  private final ScalarEvaluator scale;

  PixelSoftmax(Kernel.RowSoftmax kernel, Memory memory, View in, View out) {
    this.memory = memory;
    this.in = in;
    this.out = out;
    this.real = in.value().storage() == Storage.F32;
    this.channels = in.value().c();
    this.codes = new long[channels];
    this.reciprocals = kernel.reciprocal().results().size();
    this.exponential = new ScalarEvaluator(kernel.exponential(), channels);
    this.term = new ScalarEvaluator(kernel.term(), channels);
    this.reciprocal = new ScalarEvaluator(kernel.reciprocal(), 1);
    this.scale = new ScalarEvaluator(kernel.scale(), channels);
  }

  @Override
  public void row(int n, int y) {
    for (int x = 0; x < in.value().w(); x++) {
      if (real) {
        reals(in.address(n, y, x), out.address(n, y, x));
      } else {
        integers(in.address(n, y, x), out.address(n, y, x));
      }
    }
  }

  private void integers(int from, int to) {
    memory.loadCodes(in.value().storage(), from, 1, codes, 0, channels);
    long max = codes[0];
    for (int c = 0; c < channels; c++) {
      max = Math.max(max, codes[c]);
    }
    for (int c = 0; c < channels; c++) {
      exponential.ints(0)[c] = codes[c] - max;
    }
    exponential.run(channels);
    System.arraycopy(exponential.intResult(0), 0, term.ints(0), 0, channels);
    System.arraycopy(exponential.intResult(0), 0, scale.ints(0), 0, channels);
    term.run(channels);
    long sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += term.intResult(0)[c];
    }
    reciprocal.ints(0)[0] = sum;
    reciprocal.run(1);
    for (int r = 0; r < reciprocals; r++) {
      Arrays.fill(scale.ints(1 + r), 0, channels, reciprocal.intResult(r)[0]);
    }
    scale.run(channels);
    memory.storeCodes(out.value().storage(), to, scale.intResult(0), 0, channels);
  }

  private void reals(int from, int to) {
    float max = memory.real(from);
    for (int c = 1; c < channels; c++) {
      float x = memory.real(from + 4 * c);
      max = x > max ? x : max;
    }
    for (int c = 0; c < channels; c++) {
      exponential.reals(0)[c] = memory.real(from + 4 * c) - max;
    }
    exponential.run(channels);
    System.arraycopy(exponential.realResult(0), 0, term.reals(0), 0, channels);
    System.arraycopy(exponential.realResult(0), 0, scale.reals(0), 0, channels);
    term.run(channels);
    float sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += term.realResult(0)[c];
    }
    reciprocal.reals(0)[0] = sum;
    reciprocal.run(1);
    for (int r = 0; r < reciprocals; r++) {
      Arrays.fill(scale.reals(1 + r), 0, channels, reciprocal.realResult(r)[0]);
    }
    scale.run(channels);
    for (int c = 0; c < channels; c++) {
      memory.setReal(to + 4 * c, scale.realResult(0)[c]);
    }
  }
}
