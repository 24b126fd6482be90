package io.bitwright.ir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.testkit.RandomChains;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the rows of a group are computed. */
class RowOrderTest {
  private static final String EXPANDED = """
      graph @g {
        %x = input : tensor<1x4x2x1 x f32>
        %e = constant seeded(1) : tensor<2x1x1x1 x f32>
        %d = constant seeded(1) : tensor<1x3x3x2 x f32>
        %p = constant seeded(1) : tensor<1x1x1x2 x f32>
        %1 = conv2d %x, %e {kernel=1x1, round=tflite} : tensor<1x4x2x2 x f32>
        %2 = depthwise_conv2d %1, %d {multiplier=1, kernel=3x3, pad=[1,1,1,1], round=tflite} : tensor<1x4x2x2 x f32>
        %3 = conv2d %2, %p {kernel=1x1, round=tflite} : tensor<1x4x2x1 x f32>
        return %3
      }
      """;

  private static Program program(String text) {
    return Lowering.lower(GraphParser.parse(text), new Diagnostics());
  }

  private static List<String> order(Schedule.Group group) {
    List<String> order = new ArrayList<>();
    RowOrder.forEach(group, (kernel, y) -> order.add("abcdefghijkl".charAt(kernel) + "" + y));
    return order;
  }

  @Test
  void rowsAreComputedWhenTheyAreNeeded() {
    Schedule.Group group = new Schedule.Group(program(EXPANDED).kernels());
    assertEquals(List.of("a0", "a1", "b0", "c0", "a2", "b1", "c1", "a3", "b2", "c2", "b3", "c3"), order(group));
    assertEquals(3, group.ringRows(0));
    assertEquals(1, group.ringRows(1));
    assertEquals(3 * 2 * 2 * 4, group.ringBytes(0));
  }

  @Test
  void aGroupIsAChain() {
    List<Kernel> kernels = program(EXPANDED).kernels();
    assertThrows(IllegalArgumentException.class, () -> new Schedule.Group(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Schedule.Group(List.of(kernels.get(0), kernels.get(2))));
    assertThrows(IllegalArgumentException.class, () -> new Schedule.Group(List.of(kernels.get(1), kernels.get(0))));
  }

  /** No row is computed twice, none before the rows that it reads, and none while a row of its ring is still read. */
  @Test
  void everyRowThatIsReadIsInItsRing() {
    int groups = 0;
    for (long seed = 0; seed < 300; seed++) {
      Program program = Lowering.lower(RandomChains.graph(seed), new Diagnostics());
      Schedule schedule = ScheduleChooser.schedule(program, ScheduleChooser.fusible(program));
      for (Schedule.Group group : schedule.groups()) {
        checkRings(group);
        groups += group.isFused() ? 1 : 0;
      }
    }
    assertTrue(groups > 200, groups + " groups");
  }

  private static void checkRings(Schedule.Group group) {
    int[] computed = new int[group.kernels().size()];
    RowOrder.forEach(group, (kernel, y) -> {
      assertEquals(computed[kernel], y);
      if (kernel > 0) {
        RowWindow window = group.window(kernel - 1);
        int rows = group.kernels().get(kernel - 1).output().h();
        int kept = computed[kernel - 1] - group.ringRows(kernel - 1);
        for (int i = 0; i < window.extent(); i++) {
          int row = window.first(y) + i;
          assertTrue(row < 0 || row >= rows || kept <= row && row < computed[kernel - 1], "row " + row);
        }
      }
      computed[kernel]++;
    });
    assertEquals(group.last().output().h(), computed[computed.length - 1]);
  }
}
