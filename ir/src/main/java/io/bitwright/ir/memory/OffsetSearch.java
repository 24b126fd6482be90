package io.bitwright.ir.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Finds offsets for buffers so that no two that live at one time overlap: each buffer in turn at the lowest free place,
 * over several orders and then seeded variations of the best, until the peak of liveness is reached.
 */
final class OffsetSearch {
  private static final int MOST_VARIATIONS = 400;
  private static final int MOST_PLACEMENTS = 40_000;

  private final List<LiveBuffer> buffers;
  private final int alignment;
  private final FirstFit firstFit;
  private int[] best = {};
  private int bestBytes = Integer.MAX_VALUE;

  /**
   * Searches.
   *
   * @param alignment  what offsets should be multiples of, where a buffer does not need more
   */
  OffsetSearch(List<LiveBuffer> buffers, int alignment) {
    this.buffers = buffers;
    this.alignment = alignment;
    this.firstFit = new FirstFit(buffers, alignment);
    search();
  }

  /** Offset by buffer. */
  Map<LiveBuffer, Integer> offsets() {
    Map<LiveBuffer, Integer> offsets = new IdentityHashMap<>();
    for (int i = 0; i < best.length; i++) {
      offsets.put(buffers.get(i), best[i]);
    }
    return offsets;
  }

  int arenaBytes() {
    return bestBytes;
  }

  /** The most bytes live at one step. */
  static int peak(List<LiveBuffer> buffers) {
    return Arrays.stream(liveBytes(buffers)).max().orElse(0);
  }

  /** Bytes live at each step. */
  static int[] liveBytes(List<LiveBuffer> buffers) {
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
    int[] order = IntStream.range(0, buffers.size()).toArray();
    for (Comparator<LiveBuffer> by : List.of(bySize, byStart.thenComparing(bySize), byLength.thenComparing(bySize),
        byStart.reversed().thenComparing(bySize), byPressure().thenComparing(bySize))) {
      int[] candidate = IntStream.range(0, buffers.size()).boxed()
          .sorted(Comparator.comparing(buffers::get, by)).mapToInt(i -> i).toArray();
      order = attempt(candidate) ? candidate : order;
    }
    int bound = lowerBound();
    Random random = new Random(1);
    int variations = Math.min(MOST_VARIATIONS, MOST_PLACEMENTS / Math.max(1, buffers.size()));
    for (int i = 0; i < variations && bestBytes > bound && buffers.size() > 1; i++) {
      int from = random.nextInt(order.length);
      int[] varied = moved(order, from, random.nextInt(order.length));
      order = attempt(varied) ? varied : order;
    }
  }

  /** The order with the element at one index taken out and put back at another. */
  private static int[] moved(int[] order, int from, int to) {
    int[] varied = order.clone();
    if (from < to) {
      System.arraycopy(order, from + 1, varied, from, to - from);
    } else {
      System.arraycopy(order, to, varied, to + 1, from - to);
    }
    varied[to] = order[from];
    return varied;
  }

  /** No arena is smaller: the peak, and that of the sizes rounded up to the alignment, but for the last buffer's rest. */
  private int lowerBound() {
    List<LiveBuffer> rounded = buffers.stream()
        .map(b -> new LiveBuffer(firstFit.aligned(b.sizeBytes(), b), b.alignment(), b.first(), b.last()))
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
  private boolean attempt(int[] order) {
    int[] offsets = new int[order.length];
    int end = firstFit.place(order, offsets, bestBytes);
    boolean noWorse = end <= bestBytes;
    if (end < bestBytes) {
      bestBytes = end;
      best = offsets;
    }
    return noWorse;
  }
}
