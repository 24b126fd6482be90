package io.bitwright.ir.interp;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Runs a graph given as text, with one input and one output, on the interpreter. */
final class GraphRun {
  private GraphRun() {}

  /** The f32 output for an f32 input. */
  static float[] of(String graph, float... input) {
    ByteBuffer raw = ByteBuffer.allocate(4 * input.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(input);
    byte[] result = run(graph, raw.array());
    float[] output = new float[result.length / 4];
    ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(output);
    return output;
  }

  /** The output's raw elements for an input's. */
  static byte[] run(String text, byte[] input) {
    Graph graph = GraphParser.parse(text);
    GraphVerifier.requireValid(graph);
    Program program = Lowering.lower(graph, new Diagnostics());
    return new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program))).run(List.of(input), Trace.NONE)
        .get(0);
  }

  /** Numbers between blanks. */
  static float[] numbers(String text) {
    String[] words = text.strip().split("\\s+");
    float[] numbers = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Float.parseFloat(words[i]);
    }
    return numbers;
  }
}
