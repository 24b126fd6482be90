package io.bitwright.ir.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.testkit.RandomGraphs;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ElisionTest {
  /**
   * Three layers of a dense block, each of which adds 2 channels to those that it reads and normalises. In place, the last
   * concatenation would keep 14 channels while the last layer runs, where 12 are enough.
   */
  private static final String DENSE_BLOCK = """
      graph @g {
        %x = input : tensor<1x2x2x8 x i8, q(1, 0)>
        %w1 = constant seeded(1) : tensor<20x1x1x8 x i8, q(0.01, 0)>
        %w2 = constant seeded(2) : tensor<20x1x1x10 x i8, q(0.01, 0)>
        %w3 = constant seeded(3) : tensor<20x1x1x12 x i8, q(0.01, 0)>
        %v = constant seeded(4) : tensor<2x1x1x20 x i8, q(0.01, 0)>
        %y = max_pool2d %x {kernel=1x1} : tensor<1x2x2x8 x i8, q(1, 0)>
        %n1 = max_pool2d %y {kernel=1x1} : tensor<1x2x2x8 x i8, q(1, 0)>
        %a1 = conv2d %n1, %w1 {round=tflite} : tensor<1x2x2x20 x i8, q(1, 0)>
        %b1 = conv2d %a1, %v {round=tflite} : tensor<1x2x2x2 x i8, q(1, 0)>
        %c1 = concat %y, %b1 {axis=3} : tensor<1x2x2x10 x i8, q(1, 0)> "c1"
        %n2 = max_pool2d %c1 {kernel=1x1} : tensor<1x2x2x10 x i8, q(1, 0)>
        %a2 = conv2d %n2, %w2 {round=tflite} : tensor<1x2x2x20 x i8, q(1, 0)>
        %b2 = conv2d %a2, %v {round=tflite} : tensor<1x2x2x2 x i8, q(1, 0)>
        %c2 = concat %c1, %b2 {axis=3} : tensor<1x2x2x12 x i8, q(1, 0)> "c2"
        %n3 = max_pool2d %c2 {kernel=1x1} : tensor<1x2x2x12 x i8, q(1, 0)>
        %a3 = conv2d %n3, %w3 {round=tflite} : tensor<1x2x2x20 x i8, q(1, 0)>
        %b3 = conv2d %a3, %v {round=tflite} : tensor<1x2x2x2 x i8, q(1, 0)>
        %c3 = concat %c2, %b3 {axis=3} : tensor<1x2x2x14 x i8, q(1, 0)> "c3"
        return %c3
      }
      """;

  private static final Graph GRAPH = GraphParser.parse(DENSE_BLOCK);
  private static final Program PROGRAM = Lowering.lower(GRAPH, new Diagnostics());
  private static final Schedule SCHEDULE = Schedule.trivial(PROGRAM);

  @Test
  void onlyPartsThatRaiseThePeakAreCopied() {
    MemoryPlan plan = MemoryPlanner.plan(PROGRAM, SCHEDULE);
    assertEquals(4 * (12 + 12 + 20), plan.arenaBytes());
    assertEquals("c1 c2", plan.elided().stream().map(k -> k.output().name()).sorted().collect(Collectors.joining(" ")));
  }

  @Test
  void layoutsComeWithTheSmallestPeakFirst() {
    List<Integer> peaks = Elision.layouts(PROGRAM, SCHEDULE).stream().map(l -> OffsetSearch.peak(l.buffers())).toList();
    assertEquals(List.of(4 * 44, 4 * 44, 4 * 46), peaks);
  }

  @Test
  void partsInPlaceGiveTheSameBytes() {
    List<byte[]> inputs = RandomGraphs.inputs(GRAPH, 1);
    List<byte[]> planned = new Interpreter(MemoryPlanner.plan(PROGRAM, SCHEDULE)).run(inputs, Trace.NONE);
    Schedule unshared = Schedule.trivial(PROGRAM);
    BufferLayout none = new BufferLayout(PROGRAM, unshared, false);
    assertEquals(0, none.elided().size());
    assertArrayEquals(planned.get(0), new Interpreter(MemoryPlanner.plan(PROGRAM, unshared, none)).run(inputs, Trace.NONE).get(0));
  }
}
