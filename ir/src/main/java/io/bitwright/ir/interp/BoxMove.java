package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Piece;
import io.bitwright.ir.kernel.Storage;
import java.util.Arrays;
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
    return offset >= 0 && offset < piece.extent().get(dim);
  }

  private void copy(Piece piece, int n, int y) {
    View in = ins.get(piece.input());
    int size = out.elementBytes();
    for (int x = 0; x < piece.extent().get(2); x++) {
      int from = in.address(n - piece.to().get(0) + piece.from().get(0), y - piece.to().get(1) + piece.from().get(1),
          x + piece.from().get(2)) + piece.from().get(3) * size;
      int to = out.address(n, y, x + piece.to().get(2)) + piece.to().get(3) * size;
      if (piece.channelStep() == 1) {
        System.arraycopy(memory.bytes(), from, memory.bytes(), to, piece.extent().get(3) * size);
      } else {
        for (int c = 0; c < piece.extent().get(3); c++) {
          System.arraycopy(memory.bytes(), from + c * size, memory.bytes(), to + c * piece.channelStep() * size, size);
        }
      }
    }
  }

  private void fillUncovered(int n, int y) {
    byte[] bytes = memory.bytes();
    byte fill = out.value().storage() == Storage.F32 ? 0 : (byte) kernel.fill().getAsInt();
    int size = out.elementBytes();
    for (int x = 0; x < out.value().w(); x++) {
      int at = out.address(n, y, x);
      for (int c = 0; c < out.value().c(); c++) {
        if (!isCovered(n, y, x, c)) {
          Arrays.fill(bytes, at + c * size, at + (c + 1) * size, fill);
        }
      }
    }
  }

  private boolean isCovered(int n, int y, int x, int c) {
    return kernel.pieces().stream()
        .anyMatch(p -> covers(p, 0, n) && covers(p, 1, y) && covers(p, 2, x) && covers(p, 3, c));
  }
}
