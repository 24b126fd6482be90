package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.language.build.GraphBuilder;
import io.bitwright.frontend.language.build.SeededWeights;
import io.bitwright.frontend.language.layer.LayerTable;
import io.bitwright.frontend.language.layer.NetworkModel;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.ir.cost.NetworkCost;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.passes.SqueezeExcite;
import io.bitwright.ir.rewrite.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds the graph of every network of the zoo. */
class ZooGraphTest {
  static List<String> names() {
    return Zoo.names();
  }

  @Test
  void theListNamesEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/bitwright/zoo"))) {
      List<String> found = files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".bw"))
          .map(f -> f.substring(0, f.length() - 3)).sorted().toList();
      assertEquals(Zoo.names().stream().sorted().toList(), found);
    }
  }

  private static Graph graph(String name, Map<String, String> settings, long seed) {
    NetworkModel model = Description.zoo(name).build(settings);
    return GraphBuilder.build(model, new SeededWeights(seed));
  }

  @ParameterizedTest
  @MethodSource("names")
  void graphsKeepTheOperatorsRules(String name) {
    Graph graph = graph(name, Map.of("resolution", name.equals("inception_v3") ? "139" : "96"), 1);
    assertEquals(List.of(), GraphVerifier.verify(graph));
    assertEquals(List.of(1, 1000), graph.outputs().get(0).type().shape().dims());
    assertTrue(graph.nodes().stream().allMatch(n -> n.type().isFloat()));
  }

  /** What {@code inspect} counts on the graph is what the description's table counts. */
  @ParameterizedTest
  @MethodSource("names")
  void countsOfTheGraphAreThoseOfTheTable(String name) {
    NetworkModel model = Description.zoo(name).build(Map.of());
    NetworkCost cost = NetworkCost.of(GraphBuilder.build(model, new SeededWeights(1)));
    LayerTable table = LayerTable.of(model);
    assertEquals(table.trainableParameters(), cost.trainableParameters(), "trainable");
    assertEquals(table.foldedParameters(), cost.foldedParameters(), "folded");
    assertEquals(table.macs(), cost.macs(), "multiply-accumulates");
  }

  @ParameterizedTest
  @CsvSource({"mobilenet_v2, 35, 17, 1, 10", "mobilenet_v1, 14, 13, 1, 0", "mobilenet_v3_large, 31, 15, 18, 10",
      "inception_v3, 94, 0, 1, 0", "densenet121, 120, 0, 1, 0"})
  void operatorsAreThePublishedOnes(String name, int conv, int depthwise, int dense, int add) {
    Map<OpKind, Long> kinds = kinds(graph(name, Map.of(), 1));
    assertEquals(conv, kinds.getOrDefault(OpKind.CONV2D, 0L));
    assertEquals(depthwise, kinds.getOrDefault(OpKind.DEPTHWISE_CONV2D, 0L));
    assertEquals(dense, kinds.getOrDefault(OpKind.FULLY_CONNECTED, 0L));
    assertEquals(add, kinds.getOrDefault(OpKind.ADD, 0L));
  }

  /**
   * After folding and recognition, before anything is merged or scheduled. Batch normalisations that cannot fold, all
   * of DenseNet's depthwise convolutions, have become such.
   */
  @ParameterizedTest
  @CsvSource({"mobilenet_v2, 35, 17, 1, 10, 0, 0", "mobilenet_v3_large, 31, 15, 18, 10, 21, 0",
      "inception_v3, 94, 0, 1, 0, 0, 11", "densenet121, 120, 62, 1, 0, 0, 58"})
  void operatorsAfterFolding(String name, int conv, int depthwise, int dense, int add, int swish, int concat) {
    Graph folded = Quantizer.prepare(graph(name, Map.of(), 1), Set.of(), Pipeline.Observer.NONE);
    Map<OpKind, Long> kinds = kinds(folded);
    String all = kinds.toString();
    assertEquals(conv, kinds.getOrDefault(OpKind.CONV2D, 0L), all);
    assertEquals(depthwise, kinds.getOrDefault(OpKind.DEPTHWISE_CONV2D, 0L), all);
    assertEquals(dense, kinds.getOrDefault(OpKind.FULLY_CONNECTED, 0L), all);
    assertEquals(add, kinds.getOrDefault(OpKind.ADD, 0L), all);
    assertEquals(swish, kinds.getOrDefault(OpKind.HARD_SWISH, 0L), all);
    assertEquals(concat, kinds.getOrDefault(OpKind.CONCAT, 0L), all);
    assertEquals(name.equals("mobilenet_v3_large") ? 8 : 0, SqueezeExcite.in(folded).size());
  }

  private static Map<OpKind, Long> kinds(Graph graph) {
    return graph.nodes().stream()
        .collect(Collectors.groupingBy(n -> OpKind.of(n.op()), TreeMap::new, Collectors.counting()));
  }

  @Test
  void weightsDependOnSeedAndLayerOnly() {
    Map<String, String> small = Map.of("resolution", "96");
    String one = digests(graph("squeezenet1_1", small, 1));
    assertEquals(one, digests(graph("squeezenet1_1", Map.of("resolution", "128"), 1)));
    assertTrue(!one.equals(digests(graph("squeezenet1_1", small, 2))));
    long distinct = graph("mobilenet_v1", small, 1).nodes().stream().filter(Node::isConstant)
        .map(n -> n.constant().digest()).distinct().count();
    assertEquals(27 * 5 + 2, distinct, "every constant has its own contents");
  }

  private static String digests(Graph graph) {
    return graph.nodes().stream().filter(Node::isConstant).map(n -> n.name() + " " + n.constant().digest())
        .collect(Collectors.joining("\n"));
  }
}
