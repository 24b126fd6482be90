package io.bitwright.ir.kernel;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rows of an operand a kernel reads for output row y: {@code y * stride - padding} and the {@code extent - 1}
 * rows after it, as far as they lie inside of the image.
 */
public record RowWindow(int stride, int padding, int extent) {
  /** Row y alone. */
  public static final RowWindow SAME_ROW = new RowWindow(1, 0, 1);

  /** One row for all output rows. */
  private static final RowWindow ONE_ROW = new RowWindow(0, 0, 1);

  /** The window over one operand; empty where the kernel does not read it image by image and row by row. */
  public static Optional<RowWindow> of(Kernel kernel, Value operand) {
    boolean sameImages = operand.n() == kernel.output().n();
    return sameImages && kernel.inputs().contains(operand) ? kernel.accept(new Reading(operand)) : Optional.empty();
  }

  private static RowWindow of(io.bitwright.ir.op.Window window) {
    return new RowWindow(window.strideH(), window.padding().top(), window.extentH());
  }

  /** The first row read for output row y; negative where that lies in the padding. */
  public int first(int y) {
    return y * stride - padding;
  }

  /** The last row read for output row y of an operand of so many rows; below 0 where all rows lie in the padding. */
  public int last(int y, int rows) {
    return Math.min(first(y) + extent, rows) - 1;
  }

  /** Rows of an operand of so many rows that exist at one time when it is computed as it is read. */
  public int ringRows(int rows) {
    return Math.min(extent, rows);
  }

  private record Reading(Value operand) implements Kernel.Visitor<Optional<RowWindow>> {
    @Override
    public Optional<RowWindow> visit(Kernel.Dot kernel) {
      return Optional.of(of(kernel.window()));
    }

    @Override
    public Optional<RowWindow> visit(Kernel.Reduce kernel) {
      return Optional.of(of(kernel.window()));
    }

    @Override
    public Optional<RowWindow> visit(Kernel.Map kernel) {
      int rows = kernel.output().h();
      Set<RowWindow> windows = kernel.operands().stream()
          .filter(o -> o.value().filter(v -> v == operand).isPresent())
          .map(o -> o.shape().dim(1) == rows ? SAME_ROW : ONE_ROW)
          .collect(Collectors.toSet());
      return windows.size() == 1 ? Optional.of(windows.iterator().next()) : Optional.empty();
    }

    @Override
    public Optional<RowWindow> visit(Kernel.Table kernel) {
      return Optional.of(SAME_ROW);
    }

    @Override
    public Optional<RowWindow> visit(Kernel.RowSoftmax kernel) {
      return Optional.of(SAME_ROW);
    }

    @Override
    public Optional<RowWindow> visit(Kernel.Move kernel) {
      return Optional.empty();
    }
  }
}
