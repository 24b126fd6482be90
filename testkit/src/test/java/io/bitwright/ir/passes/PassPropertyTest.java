package io.bitwright.ir.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.rewrite.Pass;
import io.bitwright.ir.rewrite.Pipeline;
import io.bitwright.ir.rewrite.Promise;
import io.bitwright.ir.type.TensorData;
import io.bitwright.testkit.RandomGraphs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every BITS pass, and all of them together, keep the interpreter's bytes on generated graphs. */
class PassPropertyTest {
  private static final int GRAPHS = 1500;
  private static final double TOLERANCE = 1e-5;
  private static final Pipeline PIPELINE = StandardPipeline.create();

  /** The passes that keep every byte. */
  private static final Pipeline EXACT = PIPELINE.without(PIPELINE.passes().stream()
      .filter(p -> p.promise() != Promise.BITS).map(Pass::name).collect(Collectors.toSet()));

  /** Passes with a test of their own. */
  private static final Set<String> NOT_HERE = Set.of("fold-constants", "remove-dead-code");

  private static final Set<Class<?>> FOLDABLE = Set.of(Op.Reshape.class, Op.Pad.class, Op.Relu.class,
      Op.HardSwish.class, Op.Logistic.class, Op.Quantize.class, Op.Table.class, Op.Clip.class, Op.HardSigmoid.class,
      Op.Swish.class, Op.Tanh.class);

  /** What a run shows: outputs, and the tensor of each source operator that still has one. */
  private record Observed(List<byte[]> outputs, Map<Integer, byte[]> tensors) {}

  private static Observed run(Graph graph, long seed) {
    Program program = Lowering.lower(graph, new Diagnostics());
    return run(MemoryPlanner.plan(program, Schedule.trivial(program)), graph, seed);
  }

  private static Observed run(MemoryPlan plan, Graph graph, long seed) {
    Map<Integer, byte[]> tensors = new HashMap<>();
    Trace trace = (operator, raw) -> tensors.put(operator, raw.clone());
    return new Observed(new Interpreter(plan).run(RandomGraphs.inputs(graph, seed), trace), tensors);
  }

  /** Equal outputs; the same bytes for every source operator that both have. */
  private static void assertSame(Observed before, Observed after, Graph graph, Graph result, String what) {
    String texts = what + "\n" + GraphPrinter.print(graph).text() + "becomes\n" + GraphPrinter.print(result).text();
    for (int i = 0; i < before.outputs().size(); i++) {
      assertArrayEquals(before.outputs().get(i), after.outputs().get(i), texts);
    }
    after.tensors().forEach((operator, raw) ->
        assertArrayEquals(before.tensors().get(operator), raw, "tensor of operator " + operator + ": " + texts));
  }

  /** Outputs within {@link #TOLERANCE} of the largest magnitude of a tensor in the network; NaN has none. */
  private static void assertNear(Observed before, Observed after, String what) {
    double largest = 1;
    for (byte[] tensor : before.tensors().values()) {
      for (float value : reals(tensor)) {
        largest = Float.isNaN(value) ? largest : Math.max(largest, Math.abs(value));
      }
    }
    for (int i = 0; i < before.outputs().size(); i++) {
      float[] expected = reals(before.outputs().get(i));
      float[] actual = reals(after.outputs().get(i));
      for (int k = 0; k < expected.length; k++) {
        assertEquals(expected[k], actual[k], TOLERANCE * largest, what);
      }
    }
  }

  private static float[] reals(byte[] raw) {
    float[] values = new float[raw.length / 4];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @Test
  void passesKeepOutputsAndTheTensorsTheyClaim() {
    Map<String, Integer> fired = new TreeMap<>();
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = RandomGraphs.graph(seed);
      Observed before = run(graph, seed);
      for (Pass pass : PIPELINE.passes()) {
        Graph after = pass.apply(graph);
        boolean ofCodes = graph.nodes().stream().noneMatch(n -> n.type().isFloat());
        if (after != graph && (pass.promise() == Promise.BITS || ofCodes)) {
          fired.merge(pass.name(), 1, Integer::sum);
          assertSame(before, run(after, seed), graph, after, "seed " + seed + ", pass " + pass.name());
        } else if (after != graph && graph.nodes().stream().allMatch(n -> n.type().isFloat())) {
          fired.merge(pass.name(), 1, Integer::sum);
          assertNear(before, run(after, seed),
              "seed " + seed + ", pass " + pass.name() + "\n" + GraphPrinter.print(graph).text());
        }
      }
      Graph all = EXACT.run(graph);
      assertEquals(graph.outputs().stream().map(n -> n.name()).toList(), all.outputs().stream().map(n -> n.name()).toList());
      assertSame(before, run(all, seed), graph, all, "seed " + seed + ", all passes");
    }
    PIPELINE.passes().stream().filter(p -> !NOT_HERE.contains(p.name())).forEach(p ->
        assertTrue(fired.getOrDefault(p.name(), 0) >= GRAPHS / 100, p.name() + " fired too rarely: " + fired));
  }

  /** Operators of a constant fold to what the interpreter computes from the same bytes. */
  @Test
  void foldedConstantsAreWhatTheInterpreterComputes() {
    Map<String, Integer> compared = new TreeMap<>();
    for (long seed = 0; seed < GRAPHS; seed++) {
      Graph graph = RandomGraphs.graph(seed);
      Map<Integer, byte[]> tensors = run(graph, seed).tensors();
      for (Node node : graph.nodes()) {
        byte[] in = node.operands().isEmpty() || node.operand(0).origins().isEmpty()
            ? null : tensors.get(node.operand(0).origins().get(0));
        if (in != null && FOLDABLE.contains(node.op().getClass()) && node.type().element().is8Bit()
            && node.operand(0).type().element().is8Bit()) {
          TensorData folded = fold(node, TensorData.ofRaw(node.operand(0).type().element(), in));
          byte[] expected = tensors.get(node.origins().get(0));
          assertArrayEquals(expected, folded.toRaw(), "seed " + seed + ", " + node.op());
          compared.merge(node.op().getClass().getSimpleName(), 1, Integer::sum);
        }
      }
    }
    assertEquals(FOLDABLE.size(), compared.size(), compared.toString());
    compared.forEach((op, count) -> assertTrue(count > 20, compared.toString()));
  }

  /** What the pass makes of the node applied to a constant. */
  private static TensorData fold(Node node, TensorData data) {
    Node x = node.operand(0).replacedBy(new Op.Constant("bound", data), List.of(), node.operand(0).type());
    List<Node> operands = new ArrayList<>(node.operands());
    operands.set(0, x);
    Node input = node.replacedBy(new Op.Input(), List.of(), node.type());
    Node sum = node.replacedBy(new Op.Add(Clamp.NONE, Rounding.TFLITE),
        List.of(input, node.withOperands(operands)), node.type());
    Graph folded = PIPELINE.pass("fold-constants").orElseThrow()
        .apply(new Graph("g", List.of(input), List.of(sum)));
    return folded.outputs().get(0).operand(1).constant();
  }

  @Test
  void chosenSchedulesKeepTheBytes() {
    for (long seed = 0; seed < GRAPHS; seed += 3) {
      Graph graph = PIPELINE.run(RandomGraphs.graph(seed));
      Program program = Lowering.lower(graph, new Diagnostics());
      Observed before = run(MemoryPlanner.plan(program, Schedule.trivial(program)), graph, seed);
      assertSame(before, run(ScheduleChooser.choose(program), graph, seed), graph, graph, "schedule, seed " + seed);
    }
  }
}
