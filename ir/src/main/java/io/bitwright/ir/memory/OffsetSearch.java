package io.bitwright.ir.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Finds offsets for buffers so that no two that live at one time overlap: each buffer in turn at the lowest free place,
 * over several orders and then seeded variations of the best, until the peak of liveness is reached.
 */
final class OffsetSearch {
  private static final int VARIATIONS = 400;

  private final List<LiveBuffer> buffers;
  private final int alignment;
  private Map<LiveBuffer, Integer> best = Map.of();
  private int bestBytes = Integer.MAX_VALUE;

  /**
   * Searches.
   *
   * @param alignment  what offsets should be multiples of, where a buffer does not need more
   */
  OffsetSearch(List<LiveBuffer> buffers, int alignment) {
    this.buffers = buffers;
    this.alignment = alignment;
    search();
  }

  /** Offset by buffer. */
  Map<LiveBuffer, Integer> offsets() {
    return best;
  }

  int arenaBytes() {
    return bestBytes;
  }

  /** The most bytes live at one step. */
  static int peak(List<LiveBuffer> buffers) {
    int steps = buffers.stream().mapToInt(LiveBuffer::last).max().orElse(0);
    int peak = 0;
    for (int step = 0; step <= steps; step++) {
      int at = step;
      peak = Math.max(peak, buffers.stream().filter(b -> b.isLiveAt(at)).mapToInt(LiveBuffer::sizeBytes).sum());
    }
    return peak;
  }

  private void search() {
    Comparator<LiveBuffer> bySize = Comparator.comparingInt(LiveBuffer::sizeBytes).reversed();
    Comparator<LiveBuffer> byStart = Comparator.comparingInt(LiveBuffer::first);
    Comparator<LiveBuffer> byLength = Comparator.<LiveBuffer>comparingInt(b -> b.last() - b.first()).reversed();
    int bound = lowerBound();
    List<LiveBuffer> order = new ArrayList<>(buffers);
    for (Comparator<LiveBuffer> by : List.of(bySize, byStart.thenComparing(bySize), byLength.thenComparing(bySize),
        byStart.reversed().thenComparing(bySize), byPressure().thenComparing(bySize))) {
      List<LiveBuffer> candidate = new ArrayList<>(buffers);
      candidate.sort(by);
      order = attempt(candidate) ? candidate : order;
    }
    Random random = new Random(1);
    for (int i = 0; i < VARIATIONS && bestBytes > bound && buffers.size() > 1; i++) {
      List<LiveBuffer> varied = new ArrayList<>(order);
      LiveBuffer moved = varied.remove(random.nextInt(varied.size()));
      varied.add(random.nextInt(varied.size() + 1), moved);
      order = attempt(varied) ? varied : order;
    }
  }

  /** No arena is smaller: the peak, and that of the sizes rounded up to the alignment, but for the last buffer's rest. */
  private int lowerBound() {
    List<LiveBuffer> rounded = buffers.stream()
        .map(b -> new LiveBuffer(align(b.sizeBytes(), b), b.alignment(), b.first(), b.last()))
        .toList();
    return Math.max(peak(buffers), peak(rounded) - alignment + 1);
  }

  /** Buffers that are live where most is live come first. */
  private Comparator<LiveBuffer> byPressure() {
    Map<LiveBuffer, Integer> pressure = new IdentityHashMap<>();
    for (LiveBuffer b : buffers) {
      int most = 0;
      for (int step = b.first(); step <= b.last(); step++) {
        int at = step;
        most = Math.max(most, buffers.stream().filter(o -> o.isLiveAt(at)).mapToInt(LiveBuffer::sizeBytes).sum());
      }
      pressure.put(b, most);
    }
    return Comparator.<LiveBuffer>comparingInt(pressure::get).reversed();
  }

  /** Places the buffers in this order; whether the result is no worse than the best so far. */
  private boolean attempt(List<LiveBuffer> order) {
    Map<LiveBuffer, Integer> offsets = new IdentityHashMap<>();
    List<LiveBuffer> placed = new ArrayList<>();
    int end = 0;
    for (LiveBuffer buffer : order) {
      int offset = lowestFree(buffer, placed, offsets);
      offsets.put(buffer, offset);
      placed.add(buffer);
      placed.sort(Comparator.comparingInt(offsets::get));
      end = Math.max(end, offset + buffer.sizeBytes());
    }
    boolean noWorse = end <= bestBytes;
    if (end < bestBytes) {
      bestBytes = end;
      best = offsets;
    }
    return noWorse;
  }

  private int lowestFree(LiveBuffer buffer, List<LiveBuffer> placed, Map<LiveBuffer, Integer> offsets) {
    int offset = 0;
    for (LiveBuffer other : placed) {
      int start = offsets.get(other);
      if (other.meets(buffer) && start < offset + buffer.sizeBytes()) {
        offset = Math.max(offset, align(start + other.sizeBytes(), buffer));
      }
    }
    return offset;
  }

  private int align(int offset, LiveBuffer buffer) {
    int unit = Math.max(alignment, buffer.alignment());
    return Math.multiplyExact(Math.floorDiv(offset + unit - 1, unit), unit);
  }
}
