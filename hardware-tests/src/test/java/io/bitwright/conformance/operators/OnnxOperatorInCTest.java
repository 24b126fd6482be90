package io.bitwright.conformance.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Linked;
import io.bitwright.conformance.Tolerance;
import io.bitwright.compiler.SeededInputs;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX files of one operator on codes, and quantised networks: generated C gives the interpreter's bytes. */
class OnnxOperatorInCTest {
  private static final List<String> FOLDERS =
      List.of("frontend/src/test/resources/onnx/quantised", "frontend/src/test/resources/onnx/networks");

  @Test
  @Tag("thorough")
  void generatedCGivesTheInterpretersOutput(@TempDir Path folder) throws IOException {
    CBatch.assumeCompiler();
    List<Linked> linked = new ArrayList<>();
    for (String each : FOLDERS) {
      try (Stream<Path> files = Files.list(TestData.inRepository(each).orElseThrow())) {
        files.filter(f -> f.toString().endsWith(".onnx")).sorted().forEach(f -> linked.add(linked(f)));
      }
    }
    assertTrue(linked.size() >= 30, linked.size() + " files");
    assertEquals(List.of(), new CBatch(folder, linked, 16).differences());
  }

  private static Linked linked(Path file) {
    Graph graph = ModelLoader.load(file);
    Program program = Lowering.lower(StandardPipeline.create().run(graph), new Diagnostics());
    MemoryPlan plan = ScheduleChooser.choose(program);
    List<byte[]> inputs = SeededInputs.frame(graph.inputs().stream().map(Node::type).toList(), 1);
    List<byte[]> expected = new Interpreter(plan).run(inputs, Trace.NONE);
    String name = file.getFileName().toString().replace(".onnx", "");
    return Linked.of(new Case(name, program, inputs, expected, Tolerance.NONE), plan);
  }
}
