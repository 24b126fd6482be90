package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.language.build.GraphBuilder;
import io.bitwright.frontend.language.build.SeededWeights;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.passes.SqueezeExcite;
import io.bitwright.ir.passes.StandardPipeline;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the passes leave of the networks of the zoo: the operators of the published structures, with batch normalisations
 * folded, activations fused or recognised, shuffles folded, and before parallel convolutions are merged.
 */
class ZooStructureTest {
  private static final Set<String> LATER = Set.of("merge-convolutions");

  private static Graph graph(String name, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putIfAbsent("resolution", name.equals("inception_v3") ? "139" : "96");
    return GraphBuilder.build(Description.zoo(name).build(all), new SeededWeights(1));
  }

  private static String histogram(Graph graph) {
    return graph.nodes().stream().filter(n -> !n.isConstant() && OpKind.of(n.op()) != OpKind.INPUT)
        .collect(Collectors.groupingBy(n -> OpKind.of(n.op()).mnemonic(), TreeMap::new, Collectors.counting()))
        .entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ':', value = {
      "mobilenet_v1: conv2d 14, depthwise_conv2d 13, fully_connected 1, mean 1, reshape 1",
      "mobilenet_v2: add 10, conv2d 35, depthwise_conv2d 17, fully_connected 1, mean 1, reshape 1",
      "mobilenet_v3_large: add 10, conv2d 31, depthwise_conv2d 15, fully_connected 18, hard_sigmoid 8, hard_swish 21, mean 9,"
          + " mul 8, reshape 1",
      "mobilenet_v3_small: add 6, conv2d 23, depthwise_conv2d 11, fully_connected 20, hard_sigmoid 9, hard_swish 19, mean 10,"
          + " mul 9, reshape 1",
      "googlenet: concat 9, conv2d 57, fully_connected 1, local_response_norm 2, max_pool2d 13, mean 1, reshape 1",
      "inception_v2: average_pool2d 7, concat 10, conv2d 69, fully_connected 1, max_pool2d 5, mean 1, reshape 1",
      "inception_v3: average_pool2d 9, concat 11, conv2d 94, fully_connected 1, max_pool2d 4, mean 1, reshape 1",
      "squeezenet1_0: concat 8, conv2d 26, max_pool2d 3, mean 1, reshape 1",
      "squeezenet1_1: concat 8, conv2d 26, max_pool2d 3, mean 1, reshape 1",
      "shufflenet_v1: add 13, average_pool2d 3, channel_shuffle 15, concat 3, conv2d 33, depthwise_conv2d 16,"
          + " fully_connected 1, max_pool2d 1, mean 1, reshape 1",
      "shufflenet_v2: concat 16, conv2d 37, depthwise_conv2d 19, fully_connected 1, max_pool2d 1, mean 1,"
          + " reshape 1, slice 26",
      "efficientnet_b0: add 9, conv2d 33, depthwise_conv2d 16, fully_connected 33, logistic 16, mean 17, mul 16, reshape 1,"
          + " swish 49",
      "efficientnet_lite0: add 9, conv2d 33, depthwise_conv2d 16, fully_connected 1, mean 1, reshape 1",
      "mnasnet_a1: add 9, conv2d 33, depthwise_conv2d 16, fully_connected 17, logistic 8, mean 9, mul 8, reshape 1",
      "mnasnet_b1: add 10, conv2d 35, depthwise_conv2d 17, fully_connected 1, mean 1, reshape 1",
      "mnasnet_small: add 10, conv2d 31, depthwise_conv2d 15, fully_connected 21, logistic 10, mean 11, mul 10, reshape 1",
      "nasnet_a_mobile: add 80, average_pool2d 44, concat 20, conv2d 196, depthwise_conv2d 160, fully_connected 1,"
          + " max_pool2d 16, mean 1, pad 4, relu 112, reshape 1, slice 4",
      "densenet121: average_pool2d 3, batch_norm 62, concat 58, conv2d 120, fully_connected 1, max_pool2d 1, mean 1, reshape 1"})
  void operatorsAreThePublishedOnes(String name, String expected) {
    assertEquals(expected.strip(), histogram(StandardPipeline.create().without(LATER).run(graph(name, Map.of()))));
  }

  @ParameterizedTest
  @CsvSource({"mobilenet_v3_large, 8", "mobilenet_v3_small, 9", "efficientnet_b0, 16", "mnasnet_a1, 8", "mnasnet_small, 10",
      "mobilenet_v2, 0"})
  void squeezeAndExciteBlocksAreFound(String name, int blocks) {
    assertEquals(blocks, SqueezeExcite.in(StandardPipeline.create().run(graph(name, Map.of()))).size());
  }

  /** Pairs of reducing convolutions, one in each block that has two; in the same memory. */
  @ParameterizedTest
  @CsvSource({"googlenet, 57, 48", "inception_v2, 69, 59", "inception_v3, 94, 84", "squeezenet1_1, 26, 26", "mobilenet_v2, 35, 35"})
  void parallelConvolutionsMergeInTheSameMemory(String name, int apart, int merged) {
    Graph before = StandardPipeline.create().without(LATER).run(graph(name, Map.of()));
    Graph after = StandardPipeline.create().run(graph(name, Map.of()));
    assertEquals(apart, convolutions(before));
    assertEquals(merged, convolutions(after));
    assertTrue(plan(after).arenaBytes() <= plan(before).arenaBytes());
    assertEquals(0, copies(plan(after)));
  }

  private static long convolutions(Graph graph) {
    return graph.nodes().stream().filter(n -> OpKind.of(n.op()) == OpKind.CONV2D).count();
  }

  /**
   * Moves that copy: none where branches are written into their places. What is left are shuffles between grouped
   * convolutions, concatenations whose parts take turns or are slices of the one before, and the largest concatenation of
   * a network where a copy costs less memory than to keep it from its first part on.
   */
  @ParameterizedTest
  @CsvSource({"googlenet, 0", "inception_v2, 0", "inception_v3, 0", "squeezenet1_0, 0", "densenet121, 1", "nasnet_a_mobile, 1",
      "shufflenet_v1, 15", "shufflenet_v2, 16"})
  void concatenationsAreWrittenInPlace(String name, int copies) {
    String resolution = name.equals("inception_v3") ? "299" : "224";
    Graph graph = StandardPipeline.create().run(graph(name, Map.of("resolution", resolution)));
    assertEquals(copies, copies(plan(graph)));
  }

  private static MemoryPlan plan(Graph graph) {
    Program program = Lowering.lower(graph, new Diagnostics());
    return MemoryPlanner.plan(program, Schedule.trivial(program));
  }

  private static long copies(MemoryPlan plan) {
    return plan.program().kernels().stream()
        .filter(k -> k instanceof Kernel.Move && !plan.elided().contains(k)).count();
  }

  /** Auxiliary classifiers are for training: they are there when asked for; dropout never is. */
  @Test
  void auxiliaryHeadsAreLeftOut() {
    assertEquals(1, graph("googlenet", Map.of()).outputs().size());
    assertEquals(1, graph("inception_v3", Map.of()).outputs().size());
    assertEquals(3, graph("googlenet", Map.of("aux", "true", "resolution", "224")).outputs().size());
    assertEquals(2, graph("inception_v3", Map.of("aux", "true", "resolution", "299")).outputs().size());
    assertTrue(Arrays.stream(OpKind.values())
        .noneMatch(kind -> kind.mnemonic().contains("dropout")));
  }
}
