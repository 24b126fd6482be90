package io.bitwright.ir.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which a program's kernels run, in groups. The kernels of a group run together, a row at a time, and the
 * values between them never exist as a whole.
 */
public record Schedule(List<Group> groups) {
  public Schedule {
    groups = List.copyOf(groups);
  }

  /**
   * A chain of kernels run together: each but the first reads, row by row, what the one before it computes, and nothing
   * else reads that. Any of them may read whole values from outside of the group too. {@link RowOrder} is the order of
   * the rows.
   */
  public record Group(List<Kernel> kernels) {
    public Group {
      kernels = List.copyOf(kernels);
      if (kernels.isEmpty()) {
        throw new IllegalArgumentException("a group without kernels");
      }
      for (int i = 1; i < kernels.size(); i++) {
        if (!follows(kernels.get(i - 1), kernels.get(i))) {
          throw new IllegalArgumentException("kernel " + i + " of a group does not read the one before row by row");
        }
      }
    }

    /**
     * Whether a kernel reads another's output row by row, so that the two can be neighbours in a group. Moves are not
     * grouped: their pieces are written or read where they lie instead.
     */
    public static boolean follows(Kernel before, Kernel kernel) {
      return !(before instanceof Kernel.Move) && RowWindow.of(kernel, before.output()).isPresent();
    }

    /** Whether several kernels run together. */
    public boolean isFused() {
      return kernels.size() > 1;
    }

    public Kernel first() {
      return kernels.get(0);
    }

    public Kernel last() {
      return kernels.get(kernels.size() - 1);
    }

    /** Values read from outside of the group. */
    public List<Value> reads() {
      List<Value> reads = new ArrayList<>();
      List<Value> between = between();
      kernels.forEach(k -> k.inputs().stream().filter(v -> !between.contains(v)).forEach(reads::add));
      return reads;
    }

    /** The values between the kernels, in order. Of each, as many rows exist at a time as its reader's window spans. */
    public List<Value> between() {
      return kernels.subList(0, kernels.size() - 1).stream().map(Kernel::output).toList();
    }

    /** How the i-th value between is read: what kernel {@code i} computes for kernel {@code i + 1}. */
    public RowWindow window(int i) {
      return RowWindow.of(kernels.get(i + 1), kernels.get(i).output()).orElseThrow();
    }

    /** Rows of the ring that the i-th value between lives in. */
    public int ringRows(int i) {
      return window(i).ringRows(kernels.get(i).output().h());
    }

    /** Bytes of the ring that the i-th value between lives in. */
    public int ringBytes(int i) {
      Value value = kernels.get(i).output();
      return ringRows(i) * value.w() * value.c() * value.storage().sizeBytes();
    }
  }

  /** Every kernel on its own. */
  public static Schedule trivial(Program program) {
    return new Schedule(program.kernels().stream().map(k -> new Group(List.of(k))).toList());
  }
}
