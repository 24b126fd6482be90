package io.bitwright.ir.memory;

import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int MOST_VARIATIONS = 400;
  private static final int MOST_PLACEMENTS = 40_000;

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
    return Arrays.stream(liveBytes(buffers)).max().orElse(0);
  }

  /** Bytes live at each step. */
  private static int[] liveBytes(List<LiveBuffer> buffers) {
    int steps = buffers.stream().mapToInt(LiveBuffer::last).max().orElse(-1) + 1;
    int[] live = new int[steps + 1];
    for (LiveBuffer b : buffers) {
      live[b.first()] += b.sizeBytes();
      live[b.last() + 1] -= b.sizeBytes();
    }
    Arrays.parallelPrefix(live, Integer::sum);
    return live;
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
    int variations = Math.min(MOST_VARIATIONS, MOST_PLACEMENTS / Math.max(1, buffers.size()));
    for (int i = 0; i < variations && bestBytes > bound && buffers.size() > 1; i++) {
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
    int[] live = liveBytes(buffers);
    Map<LiveBuffer, Integer> pressure = new IdentityHashMap<>();
    for (LiveBuffer b : buffers) {
      pressure.put(b, Arrays.stream(live, b.first(), b.last() + 1).max().orElse(0));
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
      placed.add(insertionPoint(placed, offsets, offset), buffer);
      end = Math.max(end, offset + buffer.sizeBytes());
    }
    boolean noWorse = end <= bestBytes;
    if (end < bestBytes) {
      bestBytes = end;
      best = offsets;
    }
    return noWorse;
  }

  /** Where a buffer goes in the list of placed ones, which is in order of offsets. */
  private static int insertionPoint(List<LiveBuffer> placed, Map<LiveBuffer, Integer> offsets, int offset) {
    int low = 0;
    int high = placed.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (offsets.get(placed.get(middle)) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
