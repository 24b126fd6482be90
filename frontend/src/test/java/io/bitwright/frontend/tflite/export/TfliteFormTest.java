package io.bitwright.frontend.tflite.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.bitwright.ir.op.OpKind;
import io.bitwright.testkit.RandomGraphs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs said in TFLite's operators compute the same reals, and can be quantised and written. */
class TfliteFormTest {
  private static final double CLOSE = 1e-6;

  private static Graph graph(String operator, String result) {
    return GraphParser.parse("graph @net {\n%x = input : tensor<2x8x8x3 x f32> \"x\"\n%y = " + operator + " : tensor<"
        + result + " x f32> \"y\"\nreturn %y\n}\n");
  }

  private static List<String> operators(Graph graph) {
    return graph.nodes().stream().filter(n -> !n.isConstant() && !(n.op() instanceof Op.Input))
        .map(n -> OpKind.of(n.op()).mnemonic()).toList();
  }

  private static byte[] run(Graph graph, List<byte[]> inputs) {
    Program program = Lowering.lower(graph, new Diagnostics());
    return new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program))).run(inputs, Trace.NONE).get(0);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "hard_sigmoid %x | 2x8x8x3 | add mul",
      "swish %x | 2x8x8x3 | logistic mul",
      "clip %x {limits=[-2,3], round=tflite} | 2x8x8x3 | mul",
      "clip %x {limits=[-inf,1.5], round=tflite} | 2x8x8x3 | mul",
      "average_pool2d %x {kernel=3x3, stride=2x2, pad=[1,0,1,0]} | 2x4x4x3 | pad average_pool2d mul",
      "average_pool2d %x {kernel=3x2, stride=2x3, pad=[2,1,1,0], clamp=[0,6]} | 2x5x3x3 | pad average_pool2d mul"})
  void writesOutWhatTheFormatLacks(String operator, String result, String operators) {
    Graph graph = graph(operator, result);
    assertTrue(!TfliteWriter.obstacles(graph).isEmpty() || operator.startsWith("clip"));
    Graph form = TfliteForm.rewrite(graph);
    assertEquals(List.of(operators.split(" ")), operators(form));
    assertEquals("y", form.outputs().get(0).name());
    assertSame(form, TfliteForm.rewrite(form));
    List<byte[]> inputs = RandomGraphs.inputs(graph, 1);
    Difference difference = Difference.of(graph.outputs().get(0).type(), run(graph, inputs), run(form, inputs));
    assertTrue(difference.reals() <= CLOSE, difference::toString);
    assertEquals(List.of(), TfliteWriter.obstacles(form));
    assertEquals(List.of(), TfliteWriter.obstacles(WrittenNetworks.quantised(graph)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "clip %x {limits=[0,6], round=tflite} | 2x8x8x3",
      "average_pool2d %x {kernel=3x3, stride=2x2, pad=[0,1,0,1]} | 2x4x4x3",
      "average_pool2d %x {kernel=3x3, stride=2x2, pad=[1,0,1,0], divisor=window} | 2x4x4x3",
      "hard_swish %x | 2x8x8x3"})
  void leavesAloneWhatTheFormatHas(String operator, String result) {
    Graph graph = graph(operator, result);
    assertSame(graph, TfliteForm.rewrite(graph));
    assertEquals(List.of(), TfliteWriter.obstacles(graph));
  }

  @Test
  void fullyConnectedOperatorsBecomeConvolutionsForEveryRuntime() {
    Graph graph = GraphParser.parse("""
        graph @net {
          %x = input : tensor<3x2x5 x f32> "x"
          %w = constant seeded(1) : tensor<4x5 x f32> "w"
          %b = constant seeded(2) : tensor<4 x f32> "b"
          %y = fully_connected %x, %w, %b {clamp=[0,6], round=tflite} : tensor<3x2x4 x f32> "y"
          %z = hard_sigmoid %y : tensor<3x2x4 x f32> "z"
          return %z
        }
        """);
    Graph form = TfliteForm.rewriteForEveryRuntime(graph);
    assertEquals(List.of("reshape", "conv2d", "reshape", "add", "mul"), operators(form));
    List<byte[]> inputs = RandomGraphs.inputs(graph, 1);
    Difference difference = Difference.of(graph.outputs().get(0).type(), run(graph, inputs), run(form, inputs));
    assertTrue(difference.reals() <= CLOSE, difference::toString);
    Graph quantised = WrittenNetworks.quantisedForEveryRuntime(graph);
    assertEquals(List.of(), TfliteWriter.obstacles(quantised));
    assertTrue(quantised.nodes().stream().noneMatch(n -> n.op() instanceof Op.FullyConnected));
  }

  @Test
  void leavesQuantisedOperatorsAlone() {
    Graph graph = GraphParser.parse("""
        graph @net {
          %x = input : tensor<1x4 x i8, q(0.05, -3)>
          %y = swish %x : tensor<1x4 x i8, q(0.05, -3)>
          return %y
        }
        """);
    assertSame(graph, TfliteForm.rewrite(graph));
  }

  /** A squeeze-and-excite block with a gate, as it is quantised: the gate is a product that broadcasts. */
  @Test
  void aGatedBlockIsWrittenInWhole() {
    Graph graph = GraphParser.parse("""
        graph @net {
          %x = input : tensor<1x8x8x4 x f32> "x"
          %m = mean %x {axes=[1,2], keep_dims=true, round=tflite} : tensor<1x1x1x4 x f32> "squeezed"
          %w = constant seeded(1) : tensor<4x1x1x4 x f32> "w"
          %e = conv2d %m, %w {round=tflite} : tensor<1x1x1x4 x f32> "excited"
          %g = hard_sigmoid %e : tensor<1x1x1x4 x f32> "gate"
          %y = mul %x, %g {round=tflite} : tensor<1x8x8x4 x f32> "y"
          %z = fully_connected %y, %v {round=tflite} : tensor<1x8x8x1 x f32> "z"
          return %z
        }
        """.replace("%z =", "%v = constant seeded(2) : tensor<1x4 x f32>\n  %z ="));
    Graph quantised = WrittenNetworks.quantised(graph);
    assertEquals(List.of(), TfliteWriter.obstacles(quantised));
    assertEquals(List.of("mean", "conv2d", "add", "mul", "mul", "fully_connected"), operators(quantised));
  }
}
