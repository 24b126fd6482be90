package io.bitwright.frontend.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Shape;
import io.bitwright.testkit.TestData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trained reference files, and the example network of the repository. */
class ReferenceFilesTest {
  private static Path file(String name) {
    Optional<Path> path = TestData.find("models/tflite/" + name + ".tflite");
    assumeTrue(path.isPresent(), "reference data are absent");
    return path.orElseThrow();
  }

  private static Graph load(String name) {
    Graph graph = ModelLoader.load(file(name));
    assertEquals(name, graph.name());
    assertEquals(List.of(), GraphVerifier.verify(graph));
    return graph;
  }

  private static Map<String, Long> operators(Graph graph) {
    return graph.nodes().stream()
        .map(n -> OpKind.of(n.op()).mnemonic())
        .filter(m -> !m.equals("constant") && !m.equals("input"))
        .collect(Collectors.groupingBy(m -> m, TreeMap::new, Collectors.counting()));
  }

  private static Node origin(Graph graph, int index) {
    return graph.nodes().stream().filter(n -> n.origins().contains(index)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "person_detect | {average_pool2d=1, conv2d=14, depthwise_conv2d=14, reshape=1, softmax=1} | 1x96x96x1 | 1x2",
      "vww_96_int8 | {average_pool2d=1, conv2d=14, depthwise_conv2d=13, fully_connected=1, reshape=1, softmax=1} "
          + "| 1x96x96x3 | 1x2",
      "vww_96_float | {average_pool2d=1, conv2d=14, depthwise_conv2d=13, fully_connected=1, reshape=1, softmax=1} "
          + "| 1x96x96x3 | 1x2",
      "cifar_resnet8_int8 | {add=3, average_pool2d=1, conv2d=9, fully_connected=1, reshape=1, softmax=1} "
          + "| 1x32x32x3 | 1x10",
      "cifar_resnet8_float | {add=3, average_pool2d=1, conv2d=9, fully_connected=1, reshape=1, softmax=1} "
          + "| 1x32x32x3 | 1x10",
      "kws_dscnn_int8 | {average_pool2d=1, conv2d=5, depthwise_conv2d=4, fully_connected=1, reshape=1, softmax=1} "
          + "| 1x49x10x1 | 1x12",
      "mbnet128_0.25_int8 | {conv2d=15, depthwise_conv2d=13, mean=1, pad=4, reshape=1, softmax=1} "
          + "| 1x128x128x3 | 1x1000",
      "mbnet128_0.25_float | {conv2d=15, depthwise_conv2d=13, mean=1, pad=4, reshape=1, softmax=1} "
          + "| 1x128x128x3 | 1x1000",
      "mobilenet_v1_0.25_128_quant | {average_pool2d=1, conv2d=15, depthwise_conv2d=13, reshape=1, softmax=1} "
          + "| 1x128x128x3 | 1x1001",
      "mobilenet_v2_1.0_224_quant | {add=10, average_pool2d=1, conv2d=36, depthwise_conv2d=17, reshape=1, softmax=1} "
          + "| 1x224x224x3 | 1x1001"})
  void hasItsOperatorsAndShapes(String name, String operators, String input, String output) {
    Graph graph = load(name);
    assertEquals(operators, operators(graph).toString());
    assertEquals(input, graph.inputs().get(0).type().shape().toString());
    assertEquals(output, graph.outputs().get(0).type().shape().toString());
    assertEquals(1, graph.inputs().size());
    assertEquals(1, graph.outputs().size());
  }

  @Test
  void keywordSpottingStartsWithAnUnevenlyPaddedConvolution() {
    Graph graph = load("kws_dscnn_int8");
    Node first = origin(graph, 0);
    Op.Conv2d conv = (Op.Conv2d) first.op();
    assertEquals(new Window(10, 4, 2, 2, 1, 1, new Padding(4, 5, 1, 1)), conv.window());
    assertEquals(new Clamp(-128, 127), conv.clamp());
    assertEquals(Shape.of(1, 25, 5, 64), first.type().shape());
    assertEquals(83, graph.inputs().get(0).type().zeroPoint());
    assertEquals(0.584703f, graph.inputs().get(0).type().scale(), 1e-6f);
    assertEquals(Shape.of(64, 10, 4, 1), first.operand(1).type().shape());
    assertEquals(64, ((Quantization.PerAxis) first.operand(1).type().quantization()).scales().size());
    assertEquals(64, first.operand(2).constant().elements());
  }

  @Test
  void personDetectHasDepthMultiplierEightAndBiasesWithAStrangeAxis() {
    Graph graph = load("person_detect");
    Op.DepthwiseConv2d first = (Op.DepthwiseConv2d) origin(graph, 0).op();
    assertEquals(8, first.multiplier());
    assertEquals(new Window(3, 3, 2, 2, 1, 1, new Padding(0, 1, 0, 1)), first.window());
    assertEquals(Quantization.NONE, origin(graph, 0).operand(2).type().quantization());
  }

  @Test
  void oldFilesHaveUnsignedWeightsWithZeroPoints() {
    Graph graph = load("mobilenet_v2_1.0_224_quant");
    Node first = origin(graph, 0);
    assertEquals(ElementType.U8, first.operand(1).type().element());
    assertEquals(122, first.operand(1).type().zeroPoint());
    assertEquals(0.03396893f, first.operand(1).type().scale(), 1e-8f);
    assertEquals(0.02352848f, first.type().scale(), 1e-8f);
    assertEquals(new Padding(0, 1, 0, 1), ((Op.Conv2d) first.op()).window().padding());
  }

  @Test
  void shapeComputationsAreFoldedAway() {
    Graph graph = load("mbnet128_0.25_int8");
    Node softmax = graph.outputs().get(0);
    Node reshape = softmax.operand(0);
    assertEquals(new Op.Reshape(), reshape.op());
    assertEquals(1, reshape.operands().size());
    assertEquals(List.of(1, 2), graph.nodes().stream()
        .filter(n -> n.op() instanceof Op.Mean).map(n -> ((Op.Mean) n.op()).axes()).findFirst().orElseThrow());
  }

  @Test
  void integerWeightsBesideFloatActivationsBecomeFloat() {
    Diagnostics notes = new Diagnostics();
    Graph graph = ModelLoader.load(file("kws_dscnn_float"), ModelSettings.DEFAULT, notes);
    assertEquals(file("kws_dscnn_float") + ": note: 5 constants of type int8 become float32, in which the network computes"
        + " [BW0209]", notes.render());
    assertTrue(graph.nodes().stream().filter(n -> n.type().element() != ElementType.I32).allMatch(n -> n.type().isFloat()));
  }

  @ParameterizedTest
  @CsvSource({"digits_int8,I8", "digits_float,F32"})
  void theExampleOfTheRepositoryImports(String name, ElementType element) {
    Optional<Path> path = TestData.inRepository("examples/digits/" + name + ".tflite");
    assumeTrue(path.isPresent(), "the example is absent");
    Graph graph = ModelLoader.load(path.orElseThrow());
    assertEquals(List.of(), GraphVerifier.verify(graph));
    assertEquals(element, graph.inputs().get(0).type().element());
    assertEquals(10, graph.outputs().get(0).type().shape().elements());
  }
}
