package io.bitwright.ir.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstFitTest {
  private static List<LiveBuffer> buffers(Random random) {
    List<LiveBuffer> buffers = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      int first = random.nextInt(10);
      buffers.add(new LiveBuffer(1 + random.nextInt(40), 1 << random.nextInt(3), first, first + random.nextInt(5)));
    }
    return buffers;
  }

  /** Every buffer lies at the lowest multiple of its alignment where none that was placed before is in its way. */
  @Test
  void eachBufferTakesTheLowestFreePlace() {
    Random random = new Random(1);
    for (int run = 0; run < 500; run++) {
      List<LiveBuffer> buffers = buffers(random);
      List<Integer> order = new ArrayList<>(IntStream.range(0, buffers.size()).boxed().toList());
      Collections.shuffle(order, random);
      int alignment = 1 << random.nextInt(5);
      int[] offsets = new int[buffers.size()];
      int end = new FirstFit(buffers, alignment)
          .place(order.stream().mapToInt(i -> i).toArray(), offsets, Integer.MAX_VALUE);
      int expectedEnd = 0;
      for (int i = 0; i < order.size(); i++) {
        LiveBuffer buffer = buffers.get(order.get(i));
        int expected = lowest(buffers, order.subList(0, i), offsets, buffer, alignment);
        assertEquals(expected, offsets[order.get(i)], "run " + run + ", buffer " + i);
        expectedEnd = Math.max(expectedEnd, expected + buffer.sizeBytes());
      }
      assertEquals(expectedEnd, end);
    }
  }

  private static int lowest(List<LiveBuffer> buffers, List<Integer> placed, int[] offsets, LiveBuffer buffer,
      int alignment) {
    for (int offset = 0; ; offset += Math.max(alignment, buffer.alignment())) {
      int start = offset;
      boolean free = placed.stream().noneMatch(p -> buffers.get(p).meets(buffer)
          && start < offsets[p] + buffers.get(p).sizeBytes() && offsets[p] < start + buffer.sizeBytes());
      if (free) {
        return offset;
      }
    }
  }

  @Test
  void placementIsGivenUpBeyondTheLimit() {
    List<LiveBuffer> buffers = List.of(new LiveBuffer(8, 1, 0, 1), new LiveBuffer(8, 1, 1, 2), new LiveBuffer(8, 1, 1, 2));
    int[] offsets = new int[3];
    assertEquals(24, new FirstFit(buffers, 1).place(new int[] {0, 1, 2}, offsets, 24));
    assertTrue(new FirstFit(buffers, 1).place(new int[] {0, 1, 2}, offsets, 15) > 15);
  }
}
