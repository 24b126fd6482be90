package io.bitwright.frontend.tflite.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.frontend.tflite.TfliteImporter;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphEquality;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.testkit.RandomGraphs;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written can be read, and computes the same. */
class ReadBackTest {
  /** Operators that are written and not read. */
  private static final Set<String> NOT_READ = Set.of("LOCAL_RESPONSE_NORMALIZATION");

  private static byte[] written(Graph graph) {
    return TfliteWriter.write(graph, Metadata.of("a test"));
  }

  private static List<byte[]> run(Graph graph, List<byte[]> inputs) {
    Program program = Lowering.lower(graph, new Diagnostics());
    return new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program))).run(inputs, Trace.NONE);
  }

  private static void assertSame(String name, Graph graph, Graph read) {
    for (long seed = 1; seed <= 2; seed++) {
      List<byte[]> inputs = RandomGraphs.inputs(graph, seed);
      List<byte[]> expected = run(graph, inputs);
      List<byte[]> actual = run(read, inputs);
      assertEquals(expected.size(), actual.size(), name);
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(graph.outputs().get(i).type(), read.outputs().get(i).type(), name);
        assertArrayEquals(expected.get(i), actual.get(i), name);
      }
    }
  }

  /** The operators of a file written anew may come in another order. */
  private static Graph withoutOrigins(Graph graph) {
    Map<Node, Node> images = new IdentityHashMap<>();
    graph.nodes().forEach(n -> images.put(
        n, n.withOperands(n.operands().stream().map(images::get).toList()).withOrigins(List.of())));
    return new Graph(graph.name(), graph.inputs().stream().map(images::get).toList(),
        graph.outputs().stream().map(images::get).toList());
  }

  @Test
  void filesWrittenAnewAreTheSameGraphs() throws IOException {
    Map<String, String> differences = new TreeMap<>();
    for (Map.Entry<String, Graph> file : WrittenNetworks.files().entrySet()) {
      Graph graph = file.getValue();
      Graph read = TfliteImporter.parse(written(graph), graph.outputs().get(0).location().file());
      GraphEquality.difference(withoutOrigins(graph), withoutOrigins(read))
          .ifPresent(d -> differences.put(file.getKey(), d));
      assertSame(file.getKey(), graph, read);
    }
    assertEquals(Map.of(), differences);
  }

  @Test
  void oneOperatorGraphsComputeTheSame() throws IOException {
    Set<String> notRead = new TreeSet<>();
    for (Map.Entry<String, Graph> entry : WrittenNetworks.oneOperator().entrySet()) {
      read(entry.getValue(), notRead).ifPresent(read -> assertSame(entry.getKey(), entry.getValue(), read));
    }
    assertEquals(NOT_READ, notRead);
  }

  @Test
  void quantisedNetworksComputeTheSame() {
    Set<String> notRead = new TreeSet<>();
    WrittenNetworks.zoo(Set.of("mobilenet_v2", "mobilenet_v3_small", "efficientnet_b0", "mnasnet_small")).forEach(
        (name, graph) -> read(graph, notRead).ifPresent(read -> assertSame(name, graph, read)));
    assertEquals(Set.of(), notRead);
  }

  @Test
  void networksWith16BitActivationsComputeTheSame() {
    Set<String> notRead = new TreeSet<>();
    WrittenNetworks.wideZoo(Set.of("mobilenet_v3_small", "efficientnet_b0", "shufflenet_v2")).forEach(
        (name, graph) -> read(graph, notRead).ifPresent(read -> assertSame(name, graph, read)));
    assertEquals(Set.of(), notRead);
  }

  private static Optional<Graph> read(Graph graph, Set<String> notRead) {
    try {
      return Optional.of(TfliteImporter.parse(written(graph), graph.name() + ".tflite"));
    } catch (DiagnosticException e) {
      e.diagnostics().forEach(d -> assertEquals(DiagnosticId.UNSUPPORTED_OPERATOR, d.id(), d::render));
      e.diagnostics().forEach(d -> notRead.add(d.render().replaceAll(".*operator ([A-Z0-9_]+) .*", "$1")));
      return Optional.empty();
    }
  }
}
