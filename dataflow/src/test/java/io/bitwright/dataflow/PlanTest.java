package io.bitwright.dataflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.boards.Boards;
import io.bitwright.dataflow.fold.DataflowPlanner;
import io.bitwright.dataflow.timing.PlanSimulation;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final int CASES = 400;

  /** What the streams carry by docs/dataflow.md is what the interpreter computes, whatever the folding. */
  @Test
  void streamsCarryTheInterpretersCodes() {
    for (int seed = 0; seed < CASES; seed++) {
      Program program = Networks.random(seed);
      byte[] input = new byte[program.inputs().get(0).sizeBytes()];
      new Random(seed).nextBytes(input);
      byte[] expected = new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program)))
          .run(List.of(input), Trace.NONE).get(0);
      assertArrayEquals(expected, PlanEvaluation.run(plan(program, seed), input), "seed " + seed);
    }
  }

  /** Three filters a channel, two of which cannot be worked on together: their results would straddle groups. */
  @Test
  void everyBudgetOfAGroupedKernelHasAPlan() {
    Program program = Networks.input(4, 4, 3).depthwise(3, 1, 1, 0).program();
    for (int lanes = 1; lanes <= 9; lanes++) {
      assertTrue(DataflowPlanner.plan("net", program, lanes).macLanes() <= lanes);
    }
  }

  private static DataflowPlan plan(Program program, int seed) {
    return DataflowPlanner.plan("net", program, program.kernels().size() + new Random(seed).nextInt(60));
  }

  /** Counters of all stages, cycle by cycle: a chain is as fast as its slowest stage. */
  @Test
  void theSlowestStageWorksEveryCycle() {
    for (int seed = 0; seed < CASES; seed++) {
      DataflowPlan plan = plan(Networks.random(seed), seed);
      long slowest = plan.stages().stream().mapToLong(Stage::intervalCycles).max().orElseThrow();
      Prediction prediction = PlanSimulation.of(plan);
      assertTrue(prediction.intervalCycles() >= slowest, "seed " + seed);
      assertTrue(prediction.intervalCycles() <= slowest * 1.02 + 2,
          "seed " + seed + ": " + prediction.intervalCycles() + " cycles for " + slowest);
      for (Channel channel : plan.channels()) {
        assertTrue(prediction.highWater().get(channel.id()) <= channel.depth());
      }
    }
  }

  @Test
  void aSmallerRingOrFifoCostsCyclesOrStandsStill() {
    DataflowPlan plan = DataflowPlanner.plan("net",
        Networks.input(12, 12, 8).depthwise(1, 3, 1, 2).conv(16, 1, 1, 0, 1).program(), 2);
    long interval = PlanSimulation.of(plan).intervalCycles();
    List<Channel> halved = plan.channels().stream().map(c -> c.withDepth(Math.max(2, c.depth() / 2))).toList();
    assertNotEquals(plan.channels(), halved);
    long slower = PlanSimulation.of(new DataflowPlan("net", plan.program(), plan.stages(), halved)).intervalCycles();
    assertTrue(slower > interval * 1.02, slower + " cycles, before " + interval);

    List<Stage> stages = new ArrayList<>(plan.stages());
    int at = stages.indexOf(stages.stream().filter(s -> s instanceof Stage.LineBuffer).findFirst().orElseThrow());
    Stage.LineBuffer lines = (Stage.LineBuffer) stages.get(at);
    stages.set(at, new Stage.LineBuffer(lines.header(), lines.input(), lines.window(), lines.outputHeight(),
        lines.outputWidth(), lines.output(), lines.fill(), 24, lines.lines()));
    DataflowPlan stuck = new DataflowPlan("net", plan.program(), stages, plan.channels());
    assertThrows(IllegalStateException.class, () -> PlanSimulation.of(stuck));
  }

  @Test
  void moreLanesAreNeverSlowerAndPlansAreEqualEachTime() {
    Program program = Networks.input(16, 16, 3).conv(8, 3, 2, 1, 1).depthwise(1, 3, 1, 2).conv(24, 1, 1, 0, 1)
        .pool("average_pool2d", 8, 8, 0).program();
    long last = Long.MAX_VALUE;
    for (int lanes = 3; lanes < 200; lanes++) {
      DataflowPlan plan = DataflowPlanner.plan("net", program, lanes);
      long slowest = plan.stages().stream().mapToLong(Stage::intervalCycles).max().orElseThrow();
      assertTrue(slowest <= last && plan.macLanes() <= lanes);
      last = slowest;
      assertEquals(describe(plan), describe(DataflowPlanner.plan("net", program, lanes)));
    }
  }

  private static String describe(DataflowPlan plan) {
    StringBuilder text = new StringBuilder(plan.channels().toString());
    plan.stages().forEach(s -> text.append(s.name()).append(s.input()).append(s.output()));
    return text.toString();
  }

  @Test
  void budgetsBeyondReasonAreRefusedWithTheirLimits() {
    Program program = Networks.input(8, 8, 3).conv(8, 3, 1, 2, 1).conv(8, 1, 1, 0, 1).program();
    for (int lanes : new int[] {-1, 0, 1, 1_000_000_000}) {
      DiagnosticException e =
          assertThrows(DiagnosticException.class, () -> DataflowPlanner.plan("net", program, lanes));
      assertEquals(lanes + " lanes are not possible (must be from 2 to 32768)",
          e.diagnostics().get(0).message());
    }
  }

  @Test
  void aBoardTooSmallSaysWhatWouldFit() {
    Program program = Networks.input(16, 16, 16).conv(64, 3, 1, 2, 1).conv(512, 1, 1, 0, 1).program();
    DiagnosticException e = assertThrows(DiagnosticException.class,
        () -> DataflowPlanner.plan("net", program, Boards.find("ulx3s").board(), OptionalInt.of(2048)));
    assertEquals(DiagnosticId.DATAFLOW_DOES_NOT_FIT, e.diagnostics().get(0).id());
    assertTrue(e.getMessage().matches("(?s).*board 'ulx3s' has 83640; --lanes \\d+ fits.*"), e.getMessage());
    int fitting = Integer.parseInt(e.getMessage().replaceAll("(?s).*--lanes (\\d+) fits.*", "$1"));
    DataflowPlanner.plan("net", program, Boards.find("ulx3s").board(), OptionalInt.of(fitting));
  }

  @Test
  void windowsThatLineBuffersCannotTellAreRefused() {
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> DataflowPlanner.plan("net",
        Networks.input(70, 70, 1).conv(1, 63, 1, 0, 1).program(), 64));
    assertTrue(e.getMessage().contains("a window of 63x63 (must be at most 62x62) [BW0801]"), e.getMessage());
    DataflowPlanner.plan("net", Networks.input(70, 70, 1).pool("average_pool2d", 70, 1, 0).program(), 64);
  }

  @Test
  void whatIsNoChainIsRefusedByNameAndPlace() {
    Program program = Networks.lower("""
        graph @net {
          %x = input : tensor<1x4x4x2 x i8, q(0.1, 0)> "picture"
          %a = max_pool2d %x {kernel=3x3, pad=[1,1,1,1]} : tensor<1x4x4x2 x i8, q(0.1, 0)> "left" loc("m":"pool")
          %b = add %x, %a {round=tflite} : tensor<1x4x4x2 x i8, q(0.1, 0)> "sum" loc("m":"join")
          %d = max_pool2d %a {kernel=1x1} : tensor<1x4x4x2 x i8, q(0.1, 0)> "again" loc("m":"skip")
          %e = add %b, %d {round=tflite} : tensor<1x4x4x2 x i8, q(0.1, 0)> "total" loc("m":"total")
          %c = dequantize %e : tensor<1x4x4x2 x f32> "reals" loc("m":"end")
          return %c
        }
        """);
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> DataflowPlanner.plan("net", program, 64));
    assertEquals("""
        m:join: error: add has no stage in the accelerator: it reads 2 tensors (must be one) [BW0801]
        m:skip: error: the accelerator takes a chain of operators only: max_pool2d reads 'left' where only the result \
        before it, 'sum', can be [BW0802]
        m:total: error: add has no stage in the accelerator: it reads 2 tensors (must be one) [BW0801]
        m:end: error: dequantize has no stage in the accelerator: tensor 'reals' is f32 (must be int8 or uint8) [BW0801]""",
        e.getMessage());
  }

  @Test
  void theLogarithmOfSoftmaxIsRefusedByName() {
    Program program = Networks.lower("""
        graph @net {
          %x = input : tensor<1x1x1x8 x i8, q(0.1, 0)>
          %y = log_softmax %x : tensor<1x1x1x8 x i8, q(0.0625, 127)> loc("m":"here")
          return %y
        }
        """);
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> DataflowPlanner.plan("net", program, 64));
    assertEquals("m:here: error: log_softmax has no stage in the accelerator: a logarithm of softmax [BW0801]", e.getMessage());
  }

  @Test
  void whatMovesDataIsRefusedByName() {
    List<String> movements = List.of("transpose %x {order=[0,2,1,3]} : tensor<1x4x4x2 x i8, q(0.1, 0)>",
        "gather %x {axis=1, indices=[0,0,1]} : tensor<1x3x4x2 x i8, q(0.1, 0)>",
        "slice %x {begin=[0,1,0,0], extent=[1,2,4,2]} : tensor<1x2x4x2 x i8, q(0.1, 0)>",
        "concat %x, %x {axis=2} : tensor<1x4x8x2 x i8, q(0.1, 0)>",
        "resize_bilinear %x {align_corners=false, half_pixel_centers=true} : tensor<1x8x8x2 x i8, q(0.1, 0)>",
        "arg_max %x {last=false} : tensor<1x4x4 x i32>");
    for (String movement : movements) {
      Program program = Networks.lower("""
          graph @net {
            %x = input : tensor<1x4x4x2 x i8, q(0.1, 0)>
            %y = MOVEMENT loc("m":"here")
            return %y
          }
          """.replace("MOVEMENT", movement));
      DiagnosticException e = assertThrows(DiagnosticException.class, () -> DataflowPlanner.plan("net", program, 64));
      String name = movement.substring(0, movement.indexOf(' '));
      String wanted = "m:here: error: " + name + " has no stage in the accelerator: ";
      assertTrue(e.getMessage().startsWith(wanted), e.getMessage());
    }
  }

  @Test
  void aPadsOwnValueComesToTheStage() {
    Program program = Networks.lower("""
        graph @net {
          %x = input : tensor<1x4x4x2 x u8, q(0.1, 7)>
          %p = pad %x {before=[0,1,1,0], after=[0,1,1,0], value=0} : tensor<1x6x6x2 x u8, q(0.1, 7)>
          return %p
        }
        """);
    DataflowPlan plan = DataflowPlanner.plan("net", program, 64);
    assertEquals(List.of(-128), plan.stages().stream().filter(s -> s instanceof Stage.Pad)
        .map(s -> ((Stage.Pad) s).fill()).toList());
  }
}
