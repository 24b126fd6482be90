package io.bitwright.dataflow;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.scalar.Opcode;
import io.bitwright.ir.scalar.Scalar;

/**
 * Cycles of the RTL's softmax, which works on a pixel in four phases: codes in, terms added up, reciprocal, scale.
 *
 * @param interval  from a pixel's first code to the next one's, both neighbours ready
 * @param firstResult  from a pixel's last code to its first result
 * @param nextResult  from one result to the next of the pixel
 */
public record SoftmaxTiming(long interval, int firstResult, int nextResult) {
  /** Cycles of one operation: operands read, operands, result, write-back. */
  private static final int PER_OPERATION = 4;

  public static SoftmaxTiming of(Kernel.RowSoftmax kernel) {
    int channels = kernel.output().c();
    int reciprocal = PER_OPERATION * operations(kernel.reciprocal());
    int scale = PER_OPERATION * operations(kernel.scale());
    int first = channels + reciprocal + scale + 7;
    int next = scale + 4;
    return new SoftmaxTiming(channels + first + (long) (channels - 1) * next, first, next);
  }

  private static int operations(Scalar program) {
    return (int) program.values().stream().filter(v -> !v.isConst() && v.opcode() != Opcode.INPUT).count();
  }
}
