package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Rewriter;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRulesTest {
  private static final String INPUT = "%x = input : tensor<1x256 x i8, q(0.5, 3)>\n";

  private static Graph parse(String statements) {
    return GraphParser.parse("graph @g {\n" + statements + "\n}");
  }

  private static Graph rewrite(Graph graph, Rule... rules) {
    return new Rewriter("test", List.of(rules)).rewrite(graph);
  }

  /** The results for all 256 codes, by the interpreter. */
  private static byte[] allCodes(Graph graph) {
    Program program = Lowering.lower(graph, new Diagnostics());
    byte[] codes = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) i;
    }
    return new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program)))
        .run(List.of(codes), Trace.NONE).get(0);
  }

  private static void assertFolds(String statements, Rule... rules) {
    Graph graph = parse(statements);
    Graph folded = rewrite(graph, rules);
    List<Node> nodes = folded.nodes();
    assertEquals(3, nodes.size(), GraphPrinter.print(folded).text());
    assertTrue(nodes.get(2).op() instanceof Op.Table);
    assertEquals(graph.outputs().get(0).origins(), nodes.get(2).origins());
    org.junit.jupiter.api.Assertions.assertArrayEquals(allCodes(graph), allCodes(folded));
  }

  @Test
  void functionsOfCodesBecomeTables() {
    String[] functions = {
        "hard_swish %x : tensor<1x256 x i8, q(0.5, -100)>",
        "logistic %x : tensor<1x256 x i8, q(0.00390625, -128)>",
        "quantize %x {round=tflite} : tensor<1x256 x u8, q(0.7, 11)>",
        "quantize %x {round=ties_even} : tensor<1x256 x i8, q(0.3, -5)>",
        "relu %x {kind=relu6, round=single} : tensor<1x256 x i8, q(0.4, 3)>"};
    for (String function : functions) {
      assertFolds(INPUT + "%y = " + function + " origins=[5]\nreturn %y", new FoldUnary());
      String unsigned = function.replace("x i8", "x u8").replace("-128", "0").replace("-100", "7").replace("-5", "5");
      assertFolds(INPUT.replace("i8", "u8") + "%y = " + unsigned + " origins=[5]\nreturn %y", new FoldUnary());
    }
  }

  @Test
  void whatOnlyClampsStays() {
    assertRule(new FoldUnary()).on(INPUT + """
        %y = relu %x {kind=relu6, round=tflite} : tensor<1x256 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
  }

  @Test
  void whatIsNoFunctionOfCodesStays() {
    assertRule(new FoldUnary()).on(INPUT + """
        %d = dequantize %x : tensor<1x256 x f32>
        %y = logistic %d : tensor<1x256 x f32>
        %q = quantize %y {round=tflite} : tensor<1x256 x i8, q(0.5, 0)>
        return %q
        """).doesNotFire();
  }

  @Test
  void aFunctionWithoutALegalFormStaysForLowering() {
    assertRule(new FoldUnary()).on(INPUT + """
        %y = hard_swish %x : tensor<1x256 x i8, q(0.0001, 0)>
        return %y
        """).doesNotFire();
  }

  @Test
  void chainsBecomeOneTable() {
    assertFolds(INPUT + """
        %a = hard_swish %x : tensor<1x256 x i8, q(0.6, -100)> origins=[0]
        %b = quantize %a {round=tflite} : tensor<1x256 x u8, q(0.2, 40)> origins=[1]
        %c = logistic %b : tensor<1x256 x u8, q(0.00390625, 0)> origins=[2]
        return %c
        """, new FoldUnary(), new ComposeTables());
    assertFolds(INPUT + """
        %a = relu %x {kind=relu, round=tflite} : tensor<1x256 x i8, q(0.5, 3)> origins=[0]
        %t = constant seeded(4) : tensor<256 x i8>
        %b = table %a, %t : tensor<1x256 x i8, q(0.2, 40)> origins=[1]
        return %b
        """, new ComposeTables());
    assertFolds(INPUT + """
        %t = constant seeded(4) : tensor<256 x u8>
        %a = table %x, %t : tensor<1x256 x u8, q(0.2, 40)> origins=[0]
        %b = relu %a {kind=relu, round=tflite} : tensor<1x256 x u8, q(0.2, 40)> origins=[1]
        return %b
        """, new ComposeTables());
  }

  @Test
  void chainsReadInTheMiddleStay() {
    assertRule(new ComposeTables()).on(INPUT + """
        %t = constant seeded(4) : tensor<256 x i8>
        %a = table %x, %t : tensor<1x256 x i8, q(0.2, 40)>
        %b = table %a, %t : tensor<1x256 x i8, q(0.2, 40)>
        return %b, %a
        """).doesNotFire();
  }

  @Test
  void twoClampsAreNoTable() {
    assertRule(new ComposeTables()).on(INPUT + """
        %a = relu %x {kind=relu, round=tflite} : tensor<1x256 x i8, q(0.5, 3)>
        %b = relu %a {kind=relu6, round=tflite} : tensor<1x256 x i8, q(0.5, 3)>
        return %b
        """).doesNotFire();
  }

  @Test
  void identityTableIsItsOperand() {
    String head = INPUT + "%a = add %x, %x {round=tflite} : tensor<1x256 x i8, q(0.5, 3)> \"a\" origins=[0]\n";
    assertRule(new ElideIdentityTable()).on(head + """
        %t = constant iota(-128) : tensor<256 x i8>
        %y = table %a, %t : tensor<1x256 x i8, q(0.5, 3)> "y" origins=[1]
        return %y
        """).becomes(INPUT + """
        %a = add %x, %x {round=tflite} : tensor<1x256 x i8, q(0.5, 3)> "y" origins=[0,1]
        return %a
        """);
    assertRule(new ElideIdentityTable()).on(head + """
        %t = constant iota(-127) : tensor<256 x i8>
        %y = table %a, %t : tensor<1x256 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
    assertRule(new ElideIdentityTable()).on(head + """
        %t = constant iota(-128) : tensor<256 x i8>
        %y = table %a, %t : tensor<1x256 x i8, q(0.5, 4)>
        return %y
        """).doesNotFire();
  }
}
