package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;

/** {@link Kernel.Table}: each code replaced by its table entry. */
final class TableMap implements RowKernel {
  private final byte[] table;
  private final Memory memory;
  private final View in;
  private final View out;

  TableMap(Kernel.Table kernel, Memory memory, View in, View out) {
    this.table = kernel.table().toRaw();
    this.memory = memory;
    this.in = in;
    this.out = out;
  }

  @Override
  public void row(int n, int y) {
    byte[] bytes = memory.bytes();
    for (int x = 0; x < out.value().w(); x++) {
      int from = in.address(n, y, x);
      int to = out.address(n, y, x);
      for (int c = 0; c < out.value().c(); c++) {
        bytes[to + c] = table[bytes[from + c] + 128];
      }
    }
  }
}
