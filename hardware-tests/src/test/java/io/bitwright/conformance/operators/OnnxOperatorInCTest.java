package io.bitwright.conformance.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Linked;
import io.bitwright.conformance.Tolerance;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX files of one operator on 8-bit codes: generated C gives the interpreter's bytes, accumulators too. */
class OnnxOperatorInCTest {
  private static final String FOLDER = "frontend/src/test/resources/onnx/quantised";

  @Test
  void generatedCGivesTheInterpretersOutput(@TempDir Path folder) throws IOException {
    CBatch.assumeCompiler();
    List<Linked> linked = new ArrayList<>();
    try (Stream<Path> files = Files.list(TestData.inRepository(FOLDER).orElseThrow())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList()) {
        linked.add(linked(file));
      }
    }
    assertTrue(linked.size() >= 25, linked.size() + " files");
    assertEquals(List.of(), new CBatch(folder, linked, 16).differences());
  }

  private static Linked linked(Path file) {
    Graph graph = ModelLoader.load(file);
    Program program = Lowering.lower(StandardPipeline.create().run(graph), new Diagnostics());
    MemoryPlan plan = ScheduleChooser.choose(program);
    byte[] input = new byte[graph.inputs().get(0).type().sizeBytes()];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (i * 37 + i / 256);
    }
    List<byte[]> expected = new Interpreter(plan).run(List.of(input), Trace.NONE);
    String name = file.getFileName().toString().replace(".onnx", "");
    return Linked.of(new Case(name, program, List.of(input), expected, Tolerance.NONE), plan);
  }
}
