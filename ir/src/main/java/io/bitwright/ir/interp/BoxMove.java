package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Piece;
import java.util.List;

/** {@link Kernel.Move}: copies boxes; elements that no box covers take the fill. */
final class BoxMove implements RowKernel {
  private final Kernel.Move kernel;
  private final Memory memory;
  private final List<View> ins;
  private final View out;
  private final boolean copies;

  /**
   * Binds.
   *
   * @param copies  false where the boxes were written in place and only the fill is left to do
   */
  BoxMove(Kernel.Move kernel, Memory memory, List<View> ins, View out, boolean copies) {
    this.kernel = kernel;
    this.memory = memory;
    this.ins = ins;
    this.out = out;
    this.copies = copies;
  }

  @Override
  public void row(int n, int y) {
    if (kernel.fill().isPresent()) {
      fillUncovered(n, y);
    }
    if (copies) {
      kernel.pieces().stream().filter(p -> covers(p, 0, n) && covers(p, 1, y)).forEach(p -> copy(p, n, y));
    }
  }

  private static boolean covers(Piece piece, int dim, int at) {
    int offset = at - piece.to().get(dim);
    int step = piece.toStep().get(dim);
    return offset >= 0 && offset % step == 0 && offset / step < piece.extent().get(dim);
  }

  private void copy(Piece piece, int n, int y) {
    int size = out.elementBytes();
    int[] offset = {(n - piece.to().get(0)) / piece.toStep().get(0), (y - piece.to().get(1)) / piece.toStep().get(1),
        0, 0};
    for (int x = 0; x < piece.extent().get(2); x++) {
      offset[2] = x;
      int to = out.address(n, y, piece.to().get(2) + x * piece.toStep().get(2)) + piece.to().get(3) * size;
      if (piece.isBox()) {
        System.arraycopy(memory.bytes(), source(piece, offset), memory.bytes(), to, piece.extent().get(3) * size);
        continue;
      }
      for (int c = 0; c < piece.extent().get(3); c++) {
        offset[3] = c;
        int from = source(piece, offset);
        System.arraycopy(memory.bytes(), from, memory.bytes(), to + c * piece.toStep().get(3) * size, size);
      }
      offset[3] = 0;
    }
  }

  /** Address of the element that comes to an offset in the box. */
  private int source(Piece piece, int[] offset) {
    int[] at = new int[4];
    for (int d = 0; d < 4; d++) {
      int dim = piece.order().get(d);
      at[dim] = piece.from().get(dim) + offset[d] * piece.fromStep().get(dim);
    }
    View in = ins.get(piece.input());
    return in.address(at[0], at[1], at[2]) + at[3] * in.elementBytes();
  }

  private void fillUncovered(int n, int y) {
    byte[] bytes = memory.bytes();
    int fill = kernel.fill().getAsInt();
    int size = out.elementBytes();
    for (int x = 0; x < out.value().w(); x++) {
      int at = out.address(n, y, x);
      for (int c = 0; c < out.value().c(); c++) {
        if (!isCovered(n, y, x, c)) {
          for (int i = 0; i < size; i++) {
            bytes[at + c * size + i] = (byte) (fill >> 8 * i);
          }
        }
      }
    }
  }

  private boolean isCovered(int n, int y, int x, int c) {
    return kernel.pieces().stream()
        .anyMatch(p -> covers(p, 0, n) && covers(p, 1, y) && covers(p, 2, x) && covers(p, 3, c));
  }
}
