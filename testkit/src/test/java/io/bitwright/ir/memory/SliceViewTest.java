package io.bitwright.ir.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slices are read where they lie. */
class SliceViewTest {
  private static final String SPLIT = """
      graph @g {
        %x = input : tensor<1x2x2x4 x i8, q(1, 0)>
        %a = slice %x {begin=[0,0,0,0], extent=[1,2,2,2]} : tensor<1x2x2x2 x i8, q(1, 0)>
        %b = slice %x {begin=[0,0,0,2], extent=[1,2,2,2]} : tensor<1x2x2x2 x i8, q(1, 0)>
        %c = add %a, %b {round=tflite} : tensor<1x2x2x2 x i8, q(1, 0)>
        %d = add %c, %b {round=tflite} : tensor<1x2x2x2 x i8, q(1, 0)>
      """;

  private static MemoryPlan plan(String text) {
    Program program = Lowering.lower(GraphParser.parse(text), new Diagnostics());
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  private static List<byte[]> run(MemoryPlan plan) {
    byte[] x = new byte[16];
    for (int i = 0; i < 16; i++) {
      x[i] = (byte) i;
    }
    return new Interpreter(plan).run(List.of(x), Trace.NONE);
  }

  @Test
  void splitHalvesAreNotCopied() {
    MemoryPlan plan = plan(SPLIT + "return %d\n}\n");
    assertEquals(2, plan.elided().size());
    assertEquals(16 + 8, plan.arenaBytes());
    assertArrayEquals(new byte[] {4, 7, 16, 19, 28, 31, 40, 43}, run(plan).get(0));
  }

  @Test
  void outputIsAPlaceOfItsOwn() {
    MemoryPlan plan = plan(SPLIT + "return %d, %b\n}\n");
    assertEquals(1, plan.elided().size());
    assertArrayEquals(new byte[] {2, 3, 6, 7, 10, 11, 14, 15}, run(plan).get(1));
  }

  /** The first pixel is read for every pixel, so the product may not be written onto it. */
  @Test
  void whatASliceIsReadFromIsNotOverwritten() {
    MemoryPlan plan = plan("""
        graph @g {
          %x = input : tensor<1x2x2x4 x i8, q(1, 0)>
          %a = slice %x {begin=[0,0,0,0], extent=[1,1,1,4]} : tensor<1x1x1x4 x i8, q(1, 0)>
          %b = add %x, %a {round=tflite} : tensor<1x2x2x4 x i8, q(1, 0)>
          return %b
        }
        """);
    assertArrayEquals(new byte[] {0, 2, 4, 6, 4, 6, 8, 10, 8, 10, 12, 14, 12, 14, 16, 18}, run(plan).get(0));
  }
}
