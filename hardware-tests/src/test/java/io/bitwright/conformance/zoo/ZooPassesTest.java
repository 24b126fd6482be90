package io.bitwright.conformance.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.passes.StandardPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No pass and no schedule changes a byte of any quantised network of the zoo. */
class ZooPassesTest {
  private static final int SEEDS = 2;
  private static final List<String> PASSES = StandardPipeline.create().names();

  static List<String> names() {
    return SmallNetwork.names();
  }

  /** All passes under both schedules; each pass left out under one of them, the other for the next network. */
  @ParameterizedTest
  @MethodSource("names")
  @Tag("thorough")
  void eachPassLeftOut(String name) {
    int network = SmallNetwork.names().indexOf(name);
    List<Variant> variants = new ArrayList<>(List.of(Variant.FULL, new Variant("trivial", true, Set.of(), false)));
    for (int p = 0; p < PASSES.size(); p++) {
      variants.add(Variant.without(PASSES.get(p), (network + p) % 2 == 0));
    }
    assertEquals(List.of(), differing(name, variants));
  }

  @ParameterizedTest
  @MethodSource("names")
  @Tag("slow")
  void eachPassLeftOutUnderBothSchedules(String name) {
    List<Variant> variants = PASSES.stream()
        .flatMap(p -> Stream.of(Variant.without(p, false), Variant.without(p, true))).toList();
    assertEquals(List.of(), differing(name, variants));
  }

  private static List<String> differing(String name, List<Variant> variants) {
    Graph graph = SmallNetwork.of(name).quantised();
    List<List<byte[]>> frames =
        Stream.iterate(1L, s -> s + 1).limit(SEEDS).map(s -> SmallNetwork.frame(graph, s)).toList();
    List<List<String>> expected = frames.stream().map(f -> digests(Variant.PLAIN.run(graph, f))).toList();
    return variants.stream()
        .filter(v -> !frames.stream().map(f -> digests(v.run(graph, f))).toList().equals(expected))
        .map(v -> name + " " + v.name() + (v.chosenSchedule() ? ", chosen" : ", trivial")).toList();
  }

  private static List<String> digests(List<byte[]> outputs) {
    return outputs.stream().map(java.util.HexFormat.of()::formatHex).toList();
  }
}
