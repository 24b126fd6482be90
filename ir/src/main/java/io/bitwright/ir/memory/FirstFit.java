package io.bitwright.ir.memory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Places buffers one after the other, each at the lowest offset where it meets none that lives at its time. */
final class FirstFit {
  private final int alignment;
  private final int[] sizes;
  private final int[] units;
  /** By buffer, those that live at its time. */
  private final int[][] neighbours;

  /**
   * Prepares.
   *
   * @param alignment  what offsets should be multiples of, where a buffer does not need more
   */
  FirstFit(List<LiveBuffer> buffers, int alignment) {
    this.alignment = alignment;
    sizes = buffers.stream().mapToInt(LiveBuffer::sizeBytes).toArray();
    units = buffers.stream().mapToInt(this::unit).toArray();
    neighbours = new int[buffers.size()][];
    for (int i = 0; i < neighbours.length; i++) {
      int buffer = i;
      neighbours[i] = IntStream.range(0, neighbours.length)
          .filter(other -> other != buffer && buffers.get(other).meets(buffers.get(buffer)))
          .toArray();
    }
  }

  /**
   * Places the buffers.
   *
   * @param order  indices of all buffers
   * @param offsets  receives the offset of each, by index
   * @param limit  the placement is given up where it ends beyond
   * @return where the last byte ends; more than {@code limit} where it was given up
   */
  int place(int[] order, int[] offsets, int limit) {
    Arrays.fill(offsets, -1);
    int[] scratch = new int[order.length];
    int end = 0;
    for (int i = 0; i < order.length && end <= limit; i++) {
      int buffer = order[i];
      int offset = lowestFree(buffer, offsets, scratch);
      offsets[buffer] = offset;
      end = Math.max(end, Math.addExact(offset, sizes[buffer]));
    }
    return end;
  }

  private int lowestFree(int buffer, int[] offsets, int[] scratch) {
    int count = placedNeighbours(buffer, offsets, scratch);
    int offset = 0;
    for (int i = 0; i < count && offsets[scratch[i]] < offset + sizes[buffer]; i++) {
      offset = Math.max(offset, aligned(offsets[scratch[i]] + sizes[scratch[i]], units[buffer]));
    }
    return offset;
  }

  /** Puts the neighbours that have a place into {@code sorted}, in order of offsets; gives how many. */
  private int placedNeighbours(int buffer, int[] offsets, int[] sorted) {
    int count = 0;
    for (int other : neighbours[buffer]) {
      int offset = offsets[other];
      if (offset >= 0) {
        int at = count++;
        for (; at > 0 && offsets[sorted[at - 1]] > offset; at--) {
          sorted[at] = sorted[at - 1];
        }
        sorted[at] = other;
      }
    }
    return count;
  }

  /** The size or offset rounded up to what the buffer's offsets are multiples of. */
  int aligned(int bytes, LiveBuffer buffer) {
    return aligned(bytes, unit(buffer));
  }

  private int unit(LiveBuffer buffer) {
    return Math.max(alignment, buffer.alignment());
  }

  private static int aligned(int bytes, int unit) {
    return Math.multiplyExact(Math.floorDiv(bytes + unit - 1, unit), unit);
  }
}
