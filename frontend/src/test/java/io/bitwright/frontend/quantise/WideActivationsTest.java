package io.bitwright.frontend.quantise;

import static io.bitwright.frontend.quantise.QuantisedText.node;
import static io.bitwright.frontend.quantise.QuantisedText.of;
import static io.bitwright.frontend.quantise.QuantisedText.prepared;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.quantise.evaluate.Quantized;
import io.bitwright.frontend.quantise.evaluate.Sensitivity;
import io.bitwright.frontend.quantise.range.CalibrationMethod;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.testkit.RandomGraphs;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Activations of 16 bits, and codes that reach further than what was observed. */
class WideActivationsTest {
  private static final QuantizationSettings WIDE = QuantizationSettings.PLAIN.with(ActivationWidth.INT16);

  private static Graph quantise(QuantizationSettings settings, String statements, float... frame) {
    return QuantisedText.quantise(settings, statements, frame);
  }

  private static final String CONVOLUTION = """
      %x = input : tensor<1x1x2x1 x f32>
      %w = constant [1.27] : tensor<1x1x1x1 x f32>
      %b = constant [0.5] : tensor<1 x f32>
      %y = conv2d %x, %w, %b {clamp=[0,6], round=tflite} : tensor<1x1x2x1 x f32>
      return %y""";

  @Test
  void codesLieAroundZeroAndReachFourTimesAsFar() {
    Graph graph = quantise(WIDE, CONVOLUTION, -1, 2);
    assertEquals(new PerTensor(4 * 2f / 32767, 0), of(graph, "x"));
    assertEquals(new PerTensor(6f / 32767, 0), of(graph, "y"), "not beyond what ReLU6 gives");
    assertEquals(ElementType.I8, node(graph, "y").operand(1).type().element());
    Node bias = node(graph, "y").operand(2);
    float product = 4 * 2f / 32767 * (1.27f / 127);
    assertEquals(ElementType.I64, bias.type().element());
    assertEquals(Math.round(0.5 / product), bias.constant().code(0), 1);
    assertEquals(List.of(product), ((Quantization.PerAxis) bias.type().quantization()).scales());
  }

  @Test
  void headroomIsWhatTheUserSays() {
    assertEquals(new PerTensor(2f / 32767, 0), of(quantise(WIDE.withHeadroom(1), CONVOLUTION, -1, 2), "x"));
    PerTensor narrow = of(quantise(QuantizationSettings.PLAIN.withHeadroom(1.5), CONVOLUTION, -1, 2), "x");
    assertEquals(1.5 * 3 / 255, narrow.scale(), 1e-9);
    for (double wrong : new double[] {0.99, 8.01, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> WIDE.withHeadroom(wrong));
    }
  }

  /** What pads a rectified tensor may be none of its values. */
  @Test
  void aPadsValueIsReachedToo() {
    Graph graph = quantise(WIDE, """
        %x = input : tensor<1x2 x f32>
        %r = relu %x {kind=relu6, round=tflite} : tensor<1x2 x f32>
        %y = pad %r {before=[0,1], after=[0,0], value=-10} : tensor<1x3 x f32>
        return %y""", -1, 2);
    double code = ((Op.Pad) node(graph, "y").op()).value().orElseThrow();
    assertEquals(-10, code * of(graph, "y").scale(), of(graph, "y").scale());
  }

  @Test
  void networksThatAnswerForManyPlacesReachFurther() {
    String scaled = """
        %x = input : tensor<1xPLACESx2 x f32>
        %y = relu %x {kind=relu, round=tflite} : tensor<1xPLACESx2 x f32>
        return %y""";
    QuantizationSettings settings = QuantizationSettings.DEFAULT.with(CalibrationMethod.MIN_MAX);
    assertEquals(3f / 255, of(quantise(settings, scaled.replace("PLACES", "1"), 1, 3), "y").scale());
    assertEquals(1.25f * 3 / 255, of(quantise(settings, scaled.replace("PLACES", "2"), 1, 3, 0, 2), "y").scale(), 1e-9);
    assertEquals(3f / 255,
        of(quantise(QuantizationSettings.PLAIN, scaled.replace("PLACES", "2"), 1, 3, 0, 2), "y").scale());
  }

  @Test
  void functionsWithoutA16BitFormAreWrittenOut() {
    Graph graph = quantise(WIDE, """
        %x = input : tensor<1x1x1x4 x f32>
        %a = hard_swish %x : tensor<1x1x1x4 x f32>
        %b = swish %a : tensor<1x1x1x4 x f32>
        %y = hard_sigmoid %b : tensor<1x1x1x4 x f32>
        return %y""", -4, -1, 1, 5);
    assertTrue(graph.nodes().stream().allMatch(n -> n.type().element() == ElementType.I16), graph::toString);
    assertTrue(graph.nodes().stream().anyMatch(n -> n.op() instanceof Op.Logistic));
    assertEquals(1f / 32768, node(graph, "b/gate").type().scale());
  }

  @Test
  void slopesAreAsTfliteHasThem() {
    String text = """
        %x = input : tensor<1x1x1x2 x f32>
        %s = constant SLOPES x f32>
        %y = elementwise %x, %s {function=prelu, round=tflite} : tensor<1x1x1x2 x f32>
        return %y""";
    Node one = node(quantise(WIDE, text.replace("SLOPES", "[-0.25] : tensor<1"), -4, 5), "y").operand(1);
    assertEquals(new PerTensor(0.25f, 0), one.type().quantization());
    assertEquals(-1, one.constant().code(0));
    Node several = node(quantise(WIDE, text.replace("SLOPES", "[0.127, -0.05] : tensor<2"), -4, 5), "y").operand(1);
    assertEquals(ElementType.I8, several.type().element());
    assertEquals(List.of(127L, -50L), List.of(several.constant().code(0), several.constant().code(1)));
  }

  @Test
  void whatHasNo16BitFormComputesWithReals() {
    Graph graph = quantise(WIDE, """
        %x = input : tensor<1x1x1x4 x f32>
        %a = local_response_norm %x {size=3, alpha=1, beta=0.5, bias=1} : tensor<1x1x1x4 x f32>
        %y = arg_max %a {last=false} : tensor<1x1x1 x i32>
        return %y""", -4, -1, 1, 5);
    assertTrue(node(graph, "a/real").type().isFloat());
    assertTrue(node(graph, "y").operand(0).type().isFloat());
  }

  @Test
  void noiseIsMuchSmallerThanOf8Bits() {
    Graph graph = prepared("""
        %x = input : tensor<1x6x6x3 x f32>
        %w = constant seeded(3) : tensor<8x3x3x3 x f32>
        %c = conv2d %x, %w {pad=[1,1,1,1], clamp=[0,inf], round=tflite} : tensor<1x6x6x8 x f32>
        %h = hard_swish %c : tensor<1x6x6x8 x f32>
        %y = mul %h, %c {round=tflite} : tensor<1x6x6x8 x f32>
        return %y""");
    List<List<byte[]>> frames = LongStream.range(1, 5).mapToObj(s -> RandomGraphs.inputs(graph, s)).toList();
    double narrow = decibels(graph, QuantizationSettings.PLAIN, frames);
    double wide = decibels(graph, WIDE, frames);
    assertTrue(wide > narrow + 8, narrow + " and " + wide + " dB; weights have 8 bits in both");
  }

  private static double decibels(Graph graph, QuantizationSettings settings, List<List<byte[]>> frames) {
    Quantized quantized = new Quantizer(settings, 1, Progress.NONE).run(graph, frames);
    List<Sensitivity.Row> rows = Sensitivity.of(quantized, frames, 1, Progress.NONE);
    return rows.get(rows.size() - 1).whole().decibels();
  }
}
