package io.bitwright.dataflow.fold;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.scalar.Scalar;

/**
 * How long the sequential softmax unit works on a pixel: it takes the codes in, adds up the terms, and runs the scalar bodies of
 * reciprocal and scale one operation after the other.
 */
final class SoftmaxCycles {
  /** Cycles of one operation: operands, result, write-back. */
  static final int PER_OPERATION = 4;

  private SoftmaxCycles() {}

  static long perPixel(Kernel.RowSoftmax kernel) {
    long channels = kernel.output().c();
    return channels * (2 + cycles(kernel.scale())) + cycles(kernel.reciprocal());
  }

  private static long cycles(Scalar program) {
    return (long) PER_OPERATION * program.values().size();
  }
}
