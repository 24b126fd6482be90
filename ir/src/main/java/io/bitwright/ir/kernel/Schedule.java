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
   * Kernels run together.
   *
   * @param kernels  one; or two where the second reads, pixel by pixel, what the first computes, and nothing else does
   */
  public record Group(List<Kernel> kernels) {
    public Group {
      kernels = List.copyOf(kernels);
      if (kernels.isEmpty() || kernels.size() > 2) {
        throw new IllegalArgumentException(kernels.size() + " kernels in a group");
      }
    }

    /** Whether a row buffer stands for the value between two kernels. */
    public boolean isFused() {
      return kernels.size() == 2;
    }

    public Kernel first() {
      return kernels.get(0);
    }

    public Kernel last() {
      return kernels.get(kernels.size() - 1);
    }

    /** Values read from outside of the group. */
    public List<Value> reads() {
      List<Value> reads = new ArrayList<>(first().inputs());
      kernels.stream().skip(1).flatMap(k -> k.inputs().stream()).filter(v -> v != first().output())
          .forEach(reads::add);
      return reads;
    }

    /** The value that lives in a row buffer of one row of it: W * C elements. */
    public Value buffered() {
      if (!isFused()) {
        throw new IllegalStateException("no row buffer");
      }
      return first().output();
    }

    /** Bytes of the row buffer, 0 without. */
    public int rowBufferBytes() {
      return isFused() ? buffered().w() * buffered().c() * buffered().storage().sizeBytes() : 0;
    }
  }

  /** Every kernel on its own. */
  public static Schedule trivial(Program program) {
    return new Schedule(program.kernels().stream().map(k -> new Group(List.of(k))).toList());
  }
}
