package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Rewriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions of reals between codes become tables of codes. */
class RealTableRuleTest {
  private static final String HEAD = """
      %x = input : tensor<1x256 x i8, q(0.05, 3)>
      %c = constant splat(0.1) : tensor<1 x f32>
      %w = constant iota(1) : tensor<256 x f32>
      %d = dequantize %x : tensor<1x256 x f32>
      """;

  private static byte[] allCodes(Graph graph) {
    Program program = Lowering.lower(graph, new Diagnostics());
    byte[] codes = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) i;
    }
    return new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program)))
        .run(List.of(codes), Trace.NONE).get(0);
  }

  private static void assertFolds(String statements) {
    for (String kind : List.of("i8, q(0.04, -3)", "u8, q(0.03, 77)")) {
      Graph graph = GraphParser.parse("graph @g {\n" + HEAD + statements
          + "%q = quantize %y {round=ties_even} : tensor<1x256 x " + kind + "> origins=[5]\nreturn %q\n}");
      Graph folded = new Rewriter("test", List.of(new FoldRealFunction())).rewrite(graph);
      assertEquals(3, folded.nodes().size(), GraphPrinter.print(folded).text());
      assertTrue(folded.outputs().get(0).op() instanceof Op.Table);
      assertEquals(List.of(5), folded.outputs().get(0).origins());
      assertArrayEquals(allCodes(graph), allCodes(folded), statements);
    }
  }

  @Test
  void functionsOfOneTensor() {
    assertFolds("%y = elementwise %d, %c {function=prelu, round=tflite} : tensor<1x256 x f32>\n");
    assertFolds("%y = elementwise %c, %d {function=div, round=tflite} : tensor<1x256 x f32>\n");
    assertFolds("%y = logistic %d : tensor<1x256 x f32>\n");
    assertFolds("%y = clip %d {limits=[-1.5,2], round=ties_even} : tensor<1x256 x f32>\n");
    assertFolds("""
        %a = tanh %d : tensor<1x256 x f32>
        %b = add %a, %c {round=ties_even} : tensor<1x256 x f32>
        %y = mul %b, %d {round=ties_even} : tensor<1x256 x f32>
        """);
  }

  @Test
  void whatIsNoFunctionOfOneCodeStays() {
    String end = "%q = quantize %y {round=ties_even} : tensor<1x256 x i8, q(0.04, -3)>\nreturn %q\n";
    assertRule(new FoldRealFunction()).on(HEAD + "%y = mul %d, %w {round=ties_even} : tensor<1x256 x f32>\n" + end).doesNotFire();
    assertRule(new FoldRealFunction()).on(HEAD + "%y = softmax %d {beta=1} : tensor<1x256 x f32>\n" + end).doesNotFire();
    assertRule(new FoldRealFunction()).on(HEAD + """
        %z = input : tensor<1x256 x i8, q(0.05, 3)>
        %e = dequantize %z : tensor<1x256 x f32>
        %y = add %d, %e {round=ties_even} : tensor<1x256 x f32>
        """ + end).doesNotFire();
    assertRule(new FoldRealFunction()).on(HEAD + """
        %r = input : tensor<1x256 x f32>
        %y = add %d, %r {round=ties_even} : tensor<1x256 x f32>
        """ + end).doesNotFire();
  }
}
