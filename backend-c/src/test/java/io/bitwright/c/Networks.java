package io.bitwright.c;

import io.bitwright.boards.Board;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.target.EmitRequest;
import io.bitwright.testkit.RandomGraphs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small networks to emit. */
final class Networks {
  static final Board HOST = new Board("host", "this computer", "x86-64", 1, Optional.empty(), "gcc", "-O2", "");

  private Networks() {}

  static Optional<Program> lower(Graph graph) {
    try {
      return Optional.of(Lowering.lower(graph, new Diagnostics()));
    } catch (DiagnosticException e) {
      return Optional.empty();
    }
  }

  static MemoryPlan plan(String text) {
    return trivialPlan(lower(GraphParser.parse(text)).orElseThrow());
  }

  static MemoryPlan trivialPlan(Program program) {
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  /** Emission of a random graph that can be lowered, at least the seed's. */
  static EmitRequest random(long seed) {
    for (long s = seed;; s += 1000) {
      Graph graph = RandomGraphs.graph(s);
      Optional<Program> program = lower(graph);
      if (program.isPresent()) {
        return request("net", trivialPlan(program.get()), RandomGraphs.inputs(graph, s));
      }
    }
  }

  /** A request with a self-test that the interpreter recorded. */
  static EmitRequest request(String name, MemoryPlan plan, List<byte[]> inputs) {
    List<byte[]> outputs = new Interpreter(plan).run(inputs, Trace.NONE);
    return new EmitRequest(name, name + ".tflite", plan, HOST, Optional.of(new EmitRequest.Recording(inputs, outputs)));
  }

  static void write(EmitRequest request, Path folder) throws IOException {
    for (var file : new CTarget().emit(request).files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  static String text(EmitRequest request, String file) {
    return new String(new CTarget().emit(request).files().get(file), StandardCharsets.UTF_8);
  }
}
