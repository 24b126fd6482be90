package io.bitwright.conformance.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Linked;
import io.bitwright.conformance.Tolerance;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.memory.MemoryPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every network of the zoo in generated C, quantised and in float32: the bytes of the interpreter. */
class ZooInCTest {
  private static final long SEED = 1;
  private static final List<String> SOME = List.of("mobilenet_v2", "mobilenet_v3_small", "shufflenet_v1");

  /** A graph in C, which must give what the interpreter gives for the graph without passes. */
  private static Linked linked(String name, Graph graph, Variant variant) {
    List<byte[]> inputs = SmallNetwork.frame(graph, SEED);
    MemoryPlan plan = variant.plan(graph);
    Case expected = new Case(name + " " + variant.name(), plan.program(), inputs, Variant.PLAIN.run(graph, inputs),
        Tolerance.NONE);
    return Linked.of(expected, plan);
  }

  private static List<Linked> quantised(List<String> names, Variant variant) {
    return names.stream().map(n -> linked(n, SmallNetwork.of(n).quantised(), variant)).toList();
  }

  private static List<Linked> wide(List<String> names) {
    return names.stream().map(n -> linked("wide " + n, SmallNetwork.of(n).wide(), Variant.FULL)).toList();
  }

  private static List<Linked> real(List<String> names) {
    return names.stream().map(n -> linked("real " + n, SmallNetwork.of(n).real(), Variant.PLAIN)).toList();
  }

  @Test
  void someQuantised(@TempDir Path folder) {
    CBatch.assumeCompiler();
    assertEquals(List.of(), CBatch.optimised(folder, quantised(SOME, Variant.FULL), 1).differences());
  }

  @Test
  @Tag("thorough")
  void othersQuantisedAsTheCompilerDoesIt(@TempDir Path folder) {
    CBatch.assumeCompiler();
    List<String> names = SmallNetwork.names().stream().filter(n -> !SOME.contains(n)).toList();
    assertEquals(List.of(), CBatch.optimised(folder, quantised(names, Variant.FULL), 1).differences());
  }

  /** 64-bit sums, and functions that 8 bits have tables for. */
  @Test
  void oneWith16BitActivations(@TempDir Path folder) {
    checkWide(folder, List.of("mobilenet_v3_small"));
  }

  @Test
  @Tag("thorough")
  void othersWith16BitActivations(@TempDir Path folder) {
    checkWide(folder, List.of("efficientnet_b0", "shufflenet_v2", "googlenet"));
  }

  private static void checkWide(Path folder, List<String> names) {
    CBatch.assumeCompiler();
    assertEquals(List.of(), CBatch.optimised(folder, wide(names), 1).differences());
  }

  @Test
  @Tag("slow")
  void allWith16BitActivations(@TempDir Path folder) {
    CBatch.assumeCompiler();
    assertEquals(List.of(), new CBatch(folder, wide(SmallNetwork.names()), 1).differences());
  }

  /** Those with operators that no network of the reference data has. */
  @Test
  void someInFloat(@TempDir Path folder) {
    CBatch.assumeCompiler();
    List<String> names = List.of("mobilenet_v3_small", "squeezenet1_1", "shufflenet_v1", "googlenet");
    assertEquals(List.of(), CBatch.optimised(folder, real(names), 1).differences());
  }

  @Test
  @Tag("slow")
  void withoutPasses(@TempDir Path folder) {
    CBatch.assumeCompiler();
    List<Linked> cases = new ArrayList<>(quantised(SmallNetwork.names(), Variant.PLAIN));
    cases.addAll(real(SmallNetwork.names()));
    assertEquals(List.of(), CBatch.optimised(folder, cases, 1).differences());
  }

  @Test
  @Tag("slow")
  void withSanitizers(@TempDir Path folder) {
    CBatch.assumeCompiler();
    assertEquals(List.of(), new CBatch(folder, quantised(SmallNetwork.names(), Variant.FULL), 1).differences());
  }
}
