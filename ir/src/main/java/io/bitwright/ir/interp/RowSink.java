package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.ScalarEvaluator;

/**
 * Runs a scalar body over the elements of output rows, several pixels at a time, and stores the results. The element at
 * index i of a batch is channel {@code i % C} of pixel {@code first + i / C}.
 */
final class RowSink {
  private static final int BATCH = 1024;

  private final Memory memory;
  private final View out;
  private final int channels;
  private final int batchPixels;
  private final ScalarEvaluator evaluator;
  private int row;
  private int image;
  private int firstPixel;
  private int pending;

  /**
   * Prepares.
   *
   * @param channelInput  index of the body's input that takes the channel
   */
  RowSink(Memory memory, View out, Scalar body, int channelInput) {
    this.memory = memory;
    this.out = out;
    this.channels = out.value().c();
    this.batchPixels = Math.max(1, Math.min(out.value().w(), BATCH / channels));
    this.evaluator = new ScalarEvaluator(body, batchPixels * channels);
    long[] channel = evaluator.ints(channelInput);
    for (int i = 0; i < channel.length; i++) {
      channel[i] = i % channels;
    }
  }

  void begin(int n, int y) {
    image = n;
    row = y;
    firstPixel = 0;
    pending = 0;
  }

  /** Where the integer inputs of the next pixel go: at this index and the following C - 1. */
  int next() {
    return pending * channels;
  }

  long[] ints(int input) {
    return evaluator.ints(input);
  }

  float[] reals(int input) {
    return evaluator.reals(input);
  }

  /** The next pixel's inputs are complete. */
  void push() {
    pending++;
    if (pending == batchPixels) {
      flush();
    }
  }

  /** Ends the row. */
  void end() {
    if (pending > 0) {
      flush();
    }
  }

  private void flush() {
    evaluator.run(pending * channels);
    for (int p = 0; p < pending; p++) {
      int address = out.address(image, row, firstPixel + p);
      if (out.value().storage() == Storage.F32) {
        float[] results = evaluator.realResult(0);
        for (int c = 0; c < channels; c++) {
          memory.setReal(address + 4 * c, results[p * channels + c]);
        }
      } else {
        memory.storeCodes(out.value().storage(), address, evaluator.intResult(0), p * channels, channels);
      }
    }
    firstPixel += pending;
    pending = 0;
  }
}
