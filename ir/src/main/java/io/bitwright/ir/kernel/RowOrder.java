package io.bitwright.ir.kernel;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The order in which the kernels of a group compute their rows: the last kernel's rows one after the other, and before
 * each row of any kernel those rows of the kernel before that it reads and that do not exist yet. Each row is computed
 * once. Who executes a schedule computes rows in this order.
 */
public final class RowOrder {
  /** What is done for each row. */
  @FunctionalInterface
  public interface Action {
    /**
     * Called for the next row.
     *
     * @param kernel  index in the group
     * @param y  output row of that kernel
     */
    void row(int kernel, int y);
  }

  private final List<Kernel> kernels;
  private final List<RowWindow> windows;
  private final Action action;
  private final int[] computed;

  private RowOrder(Schedule.Group group, Action action) {
    this.kernels = group.kernels();
    this.windows = IntStream.range(0, kernels.size() - 1).mapToObj(group::window).toList();
    this.action = action;
    this.computed = new int[kernels.size()];
  }

  /** Takes all rows of one image in order. */
  public static void forEach(Schedule.Group group, Action action) {
    RowOrder order = new RowOrder(group, action);
    int last = group.kernels().size() - 1;
    order.computeUpTo(last, group.last().output().h() - 1);
  }

  private void computeUpTo(int kernel, int lastRow) {
    for (; computed[kernel] <= lastRow; computed[kernel]++) {
      int y = computed[kernel];
      if (kernel > 0) {
        computeUpTo(kernel - 1, windows.get(kernel - 1).last(y, kernels.get(kernel - 1).output().h()));
      }
      action.row(kernel, y);
    }
  }
}
