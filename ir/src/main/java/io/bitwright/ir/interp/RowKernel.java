package io.bitwright.ir.interp;

/** A kernel bound to its places in memory, run a row at a time. */
interface RowKernel {
  /** Computes output row {@code y} of image {@code n}; the rows that it reads exist. */
  void row(int n, int y);
}
