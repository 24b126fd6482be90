package io.bitwright.ir.interp;

/** A kernel bound to its places in memory, run a row at a time. */
interface RowKernel {
  /** Computes output row {@code y} of image {@code n} from the whole operands. */
  void row(int n, int y);
}
