package io.bitwright.ir.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.kernel.Value;
import io.bitwright.testkit.RandomChains;
import io.bitwright.testkit.RandomGraphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that run together, a row at a time: the bytes of each on its own, in the smallest arena that there is. */
class FusedScheduleTest {
  private static final int MOST_SCHEDULES = 256;

  /** Expansion, depthwise, projection and the sum with the block's input. */
  private static final String BLOCK = """
      graph @block {
        %x = input : tensor<2x8x5x3 x i8, q(0.05, 3)>
        %a = constant seeded(1) : tensor<9x1x1x3 x i8, q(0.02, 0)>
        %b = constant seeded(2) : tensor<1x3x3x9 x i8, q(0.02, 0)>
        %c = constant seeded(3) : tensor<3x1x1x9 x i8, q(0.02, 0)>
        %1 = conv2d %x, %a {kernel=1x1, round=tflite} : tensor<2x8x5x9 x i8, q(0.1, 4)>
        %2 = depthwise_conv2d %1, %b {multiplier=1, kernel=3x3, pad=[1,1,1,1], round=tflite} : tensor<2x8x5x9 x i8, q(0.3, 5)>
        %3 = conv2d %2, %c {kernel=1x1, round=tflite} : tensor<2x8x5x3 x i8, q(0.9, 6)>
        %4 = add %x, %3 {round=tflite} : tensor<2x8x5x3 x i8, q(0.9, 7)>
        return %4
      }
      """;

  private static Program lower(Graph graph) {
    return Lowering.lower(graph, new Diagnostics());
  }

  private static MemoryPlan trivial(Program program) {
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  private static MemoryPlan fused(Program program) {
    return MemoryPlanner.plan(program, ScheduleChooser.schedule(program, ScheduleChooser.fusible(program)));
  }

  private static List<byte[]> run(MemoryPlan plan, List<byte[]> inputs) {
    byte[] arena = new byte[plan.arenaBytes()];
    new Random(1).nextBytes(arena);
    return new Interpreter(plan, arena).run(inputs, Trace.NONE);
  }

  private static boolean sameBytes(MemoryPlan plan, MemoryPlan other, List<byte[]> inputs) {
    return java.util.Arrays.equals(run(plan, inputs).get(0), run(other, inputs).get(0));
  }

  @Test
  void everyScheduleOfAChainGivesTheSameBytes() {
    Random random = new Random(1);
    for (long seed = 0; seed < 400; seed++) {
      Graph graph = RandomChains.graph(seed);
      Program program = lower(graph);
      List<byte[]> inputs = RandomGraphs.inputs(graph, seed);
      byte[] expected = run(trivial(program), inputs).get(0);
      Set<Integer> some = new TreeSet<>(ScheduleChooser.fusible(program));
      some.removeIf(i -> random.nextInt(3) == 0);
      for (MemoryPlan plan : List.of(fused(program), ScheduleChooser.choose(program),
          MemoryPlanner.plan(program, ScheduleChooser.schedule(program, some)))) {
        assertArrayEquals(expected, run(plan, inputs).get(0),
            "seed " + seed + "\n" + GraphPrinter.print(graph).text());
      }
    }
  }

  @Test
  void noScheduleOfAChainNeedsLessThanTheChosenOne() {
    int gains = 0;
    for (long seed = 0; seed < 120; seed++) {
      Program program = lower(RandomChains.graph(seed));
      MemoryPlan chosen = ScheduleChooser.choose(program);
      List<Integer> fusible = List.copyOf(ScheduleChooser.fusible(program));
      int least = Integer.MAX_VALUE;
      for (int chosenBits = 0; chosenBits < Math.min(MOST_SCHEDULES, 1 << fusible.size()); chosenBits++) {
        Set<Integer> subset = new TreeSet<>();
        for (int i = 0; i < fusible.size(); i++) {
          if ((chosenBits >> i & 1) == 1) {
            subset.add(fusible.get(i));
          }
        }
        Schedule schedule = ScheduleChooser.schedule(program, subset);
        least = Math.min(least, OffsetSearch.peak(new BufferLayout(program, schedule, true).buffers()));
      }
      boolean all = 1 << fusible.size() <= MOST_SCHEDULES;
      assertTrue(all ? chosen.peakLiveBytes() == least : chosen.peakLiveBytes() <= least, "seed " + seed);
      assertTrue(chosen.arenaBytes() <= trivial(program).arenaBytes(), "seed " + seed);
      gains += chosen.arenaBytes() < trivial(program).arenaBytes() ? 1 : 0;
    }
    assertTrue(gains > 60, gains + " chains gain");
  }

  @Test
  void aWholeInvertedResidualIsOneGroupThatWritesOntoItsInput() {
    Program program = lower(GraphParser.parse(BLOCK));
    MemoryPlan plan = ScheduleChooser.choose(program);
    assertEquals(List.of(4), plan.schedule().groups().stream().map(g -> g.kernels().size()).toList());
    int rings = 3 * 5 * 9 + 5 * 9 + 5 * 3;
    assertEquals(2 * 8 * 5 * 3 + rings, plan.arenaBytes());
    assertEquals(plan.placement(program.inputs().get(0)), plan.placement(program.outputs().get(0)));
  }

  /** A depthwise convolution still reads the row above the one that was just written. */
  @Test
  void outputsDoNotReplaceRowsThatAreStillRead() {
    Program program = lower(GraphParser.parse("""
        graph @separable {
          %x = input : tensor<1x8x5x4 x i8, q(0.05, 3)>
          %a = constant seeded(1) : tensor<1x3x3x4 x i8, q(0.02, 0)>
          %b = constant seeded(2) : tensor<4x1x1x4 x i8, q(0.02, 0)>
          %1 = depthwise_conv2d %x, %a {multiplier=1, kernel=3x3, pad=[1,1,1,1], round=tflite} : tensor<1x8x5x4 x i8, q(0.3, 5)>
          %2 = conv2d %1, %b {kernel=1x1, round=tflite} : tensor<1x8x5x4 x i8, q(0.9, 6)>
          return %2
        }
        """));
    MemoryPlan plan = fused(program);
    Value output = program.outputs().get(0);
    assertEquals(2 * 160 + 20, plan.arenaBytes());
    List<Optional<Placement>> placements = new ArrayList<>(plan.placements());
    placements.set(output.id(), Optional.of(plan.placement(program.inputs().get(0))));
    assertFalse(sameBytes(plan, with(plan, placements, plan.rings()), inputs(program)));
  }

  /** Each output row is as long as two of the input, which are read before it is written: strides make it lag. */
  @Test
  void outputsOfAnotherShapeReplaceWhatWasRead() {
    Program program = lower(GraphParser.parse("""
        graph @reduction {
          %x = input : tensor<1x8x4x2 x i8, q(0.05, 3)>
          %a = constant seeded(1) : tensor<4x1x1x2 x i8, q(0.02, 0)>
          %b = constant seeded(2) : tensor<1x3x3x8 x i8, q(0.02, 0)>
          %1 = conv2d %x, %a {kernel=1x1, round=tflite} : tensor<1x8x4x4 x i8, q(0.1, 4)>
          %2 = depthwise_conv2d %1, %b {multiplier=2, kernel=3x3, stride=2x2, pad=[0,1,0,1], round=tflite} : tensor<1x4x2x8 x i8, q(0.3, 5)>
          return %2
        }
        """));
    MemoryPlan plan = ScheduleChooser.choose(program);
    assertEquals(64 + 3 * 4 * 4, plan.arenaBytes());
    assertTrue(sameBytes(plan, trivial(program), inputs(program)));
  }

  @Test
  void aRingThatIsOneRowTooSmallChangesTheBytes() {
    Program program = lower(GraphParser.parse(BLOCK));
    MemoryPlan plan = fused(program);
    Value expanded = program.kernels().get(0).output();
    Ring ring = plan.ring(expanded).orElseThrow();
    assertEquals(3, ring.rows());
    List<Optional<Ring>> rings = new ArrayList<>(plan.rings());
    rings.set(expanded.id(), Optional.of(new Ring(ring.offset(), 2)));
    assertTrue(sameBytes(plan, trivial(program), inputs(program)));
    assertFalse(sameBytes(plan, with(plan, plan.placements(), rings), inputs(program)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aRingOverTheInputChangesTheBytes(int kernel) {
    Program program = lower(GraphParser.parse(BLOCK));
    MemoryPlan plan = fused(program);
    Value between = program.kernels().get(kernel).output();
    List<Optional<Ring>> rings = new ArrayList<>(plan.rings());
    int offset = plan.placement(program.inputs().get(0)).offset();
    rings.set(between.id(), Optional.of(new Ring(offset + 15, plan.ring(between).orElseThrow().rows())));
    assertFalse(sameBytes(plan, with(plan, plan.placements(), rings), inputs(program)));
  }

  private static List<byte[]> inputs(Program program) {
    byte[] raw = new byte[program.inputs().get(0).sizeBytes()];
    new Random(2).nextBytes(raw);
    return List.of(raw);
  }

  private static MemoryPlan with(MemoryPlan plan, List<Optional<Placement>> placements, List<Optional<Ring>> rings) {
    return new MemoryPlan(plan.program(), plan.schedule(), placements, rings, plan.elided(), plan.arenaBytes(),
        plan.peakLiveBytes());
  }
}
