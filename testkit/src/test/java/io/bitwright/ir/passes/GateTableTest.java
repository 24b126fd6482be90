package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;
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
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.op.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** h-sigmoid and h-swish of codes, written out as sums and products, fold to a table without loss. */
class GateTableTest {
  private static final String[] ROUNDINGS = {"tflite", "single", "ties_even"};

  /** Both networks over all 256 codes, as quantisers choose their types. */
  private static List<String> chains(String element, float scale, int zeroPoint, String round) {
    int least = element.equals("i8") ? -128 : 0;
    String x = "tensor<256 x %s, q(%s, %d)>".formatted(element, scale, zeroPoint);
    String six = "tensor<256 x %s, q(%s, %d)>".formatted(element, 6 / 255f, least);
    String one = "tensor<256 x %s, q(%s, %d)>".formatted(element, 1 / 255f, least);
    String swish = "tensor<256 x %s, q(%s, %d)>".formatted(element, scale, least + 10);
    String text = """
        graph @g {
          %%x = input : %s
          %%three = constant [%d] : tensor<%s, q(%s, %d)>
          %%sixth = constant [%d] : tensor<1 x %s, q(%s, %d)>
          %%a = add %%three, %%x {clamp=[%d,%d], round=%s} : %s
          %%b = mul %%a, %%sixth {round=%s} : %s
        """.formatted(x, least + 255, element, 3 / 255f, least, least + 255, element, 1 / 6f / 255, least, least,
        least + 255, round, six, round, one);
    return List.of(text + "return %b\n}\n",
        text + "  %c = mul %x, %b {round=" + round + "} : " + swish + "\nreturn %c\n}\n");
  }

  private static byte[] run(Graph graph, byte[] input) {
    Program program = Lowering.lower(graph, new Diagnostics());
    return new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program))).run(List.of(input), Trace.NONE)
        .get(0);
  }

  @Test
  void everyCodeKeepsItsResult() {
    byte[] codes = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) i;
    }
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      String element = i % 2 == 0 ? "i8" : "u8";
      int zero = random.nextInt(256) - (i % 2 == 0 ? 128 : 0);
      float scale = i % 5 == 0 ? 0.0625f : 0.01f + 0.1f * random.nextFloat();
      for (String text : chains(element, scale, zero, ROUNDINGS[i % 3])) {
        Graph graph = GraphParser.parse(text);
        Graph folded = StandardPipeline.create().run(graph);
        List<Class<?>> ops = new ArrayList<>();
        folded.nodes().forEach(n -> ops.add(n.op().getClass()));
        assertEquals(List.of(Op.Input.class, Op.Constant.class, Op.Table.class), ops, text);
        assertArrayEquals(run(graph, codes), run(folded, codes), text);
      }
    }
  }

  private static final String X = """
      %x = input : tensor<1x2 x i8, q(0.5, 3)>
      %k = constant [1] : tensor<1 x i8, q(0.5, 0)>
      """;

  @Test
  void constantsGoToTheSecondPlace() {
    assertRule(new ConstantOperandLast()).on(X + """
        %y = add %k, %x {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """).becomes(X + """
        %y = add %x, %k {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """);
    assertRule(new ConstantOperandLast()).on(X + """
        %y = mul %x, %k {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
  }

  @Test
  void sumsWithSeveralValuesAreNoFunctionsOfACode() {
    assertRule(new FoldUnary()).on("""
        %x = input : tensor<1x2 x i8, q(0.5, 3)>
        %k = constant [1, 2] : tensor<2 x i8, q(0.5, 0)>
        %y = add %x, %k {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
    assertRule(new FoldUnary()).on("""
        %x = input : tensor<1x1 x i8, q(0.5, 3)>
        %k = constant [1, 1] : tensor<2 x i8, q(0.5, 0)>
        %y = add %x, %k {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
  }

  @Test
  void productsOfTwoTensorsStay() {
    FoldFunctionsOfOne rule = new FoldFunctionsOfOne();
    assertRule(rule).on(X + """
        %z = input : tensor<1x2 x i8, q(0.5, 3)>
        %g = hard_swish %z : tensor<1x2 x i8, q(0.5, 3)>
        %y = mul %x, %g {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
    assertRule(rule).on(X + """
        %g = hard_sigmoid %x : tensor<1x2 x i8, q(0.5, 3)>
        %y = mul %x, %g {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y, %g
        """).doesNotFire();
  }
}
