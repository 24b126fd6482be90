package io.bitwright.ir.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewTest {
  @Test
  void channelsFirstInChannelsLast() {
    View view = View.ordered(List.of(1, 3, 2, 2), List.of(0, 2, 3, 1));
    assertArrayEquals(new int[] {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11}, view.positions(0, 4));
    assertEquals(Optional.of(List.of(0, 2, 3, 1)), view.order());
    assertTrue(view.transposed(List.of(0, 2, 3, 1)).isNatural());
    assertEquals(Optional.empty(), view.reshaped(List.of(4, 3)).filter(View::isNatural));
    assertEquals(Optional.empty(), view.reshaped(List.of(2, 6)));
    byte[] memory = view.toMemory(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 1);
    assertArrayEquals(new byte[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}, memory);
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, view.toOwn(memory, 1));
  }

  /** Random transpositions and reshapes, against the same done on lists of elements. */
  @Test
  void viewsFollowTheElements() {
    Random random = new Random(3);
    int reshaped = 0;
    for (int round = 0; round < 2000; round++) {
      List<Integer> shape = new ArrayList<>(List.of(1 + random.nextInt(3), 2, 3, 1 + random.nextInt(4)));
      View view = View.natural(shape);
      int count = shape.stream().reduce(1, (a, b) -> a * b);
      int[] elements = new int[count];
      for (int i = 0; i < count; i++) {
        elements[i] = i;
      }
      for (int step = 0; step < 4; step++) {
        List<Integer> dims = view.shape();
        List<Integer> order = new ArrayList<>(IntStream.range(0, dims.size()).boxed().toList());
        Collections.shuffle(order, random);
        elements = transposed(elements, dims, order);
        view = view.transposed(order);
        List<Integer> target = random.nextBoolean() ? List.of(count)
            : List.of(view.shape().get(0), count / view.shape().get(0));
        Optional<View> next = view.reshaped(target);
        if (next.isPresent() && random.nextBoolean()) {
          view = next.get();
          reshaped++;
        }
        assertArrayEquals(elements, view.positions(0, view.dims().size()));
      }
    }
    assertTrue(reshaped > 1000, reshaped + " reshapes");
  }

  private static int[] transposed(int[] elements, List<Integer> dims, List<Integer> order) {
    int[] result = new int[elements.length];
    for (int at = 0; at < result.length; at++) {
      int[] index = new int[dims.size()];
      int rest = at;
      for (int d = order.size() - 1; d >= 0; d--) {
        int size = dims.get(order.get(d));
        index[order.get(d)] = rest % size;
        rest /= size;
      }
      int from = 0;
      for (int d = 0; d < dims.size(); d++) {
        from = from * dims.get(d) + index[d];
      }
      result[at] = elements[from];
    }
    return result;
  }
}
