package io.bitwright.frontend.quantise;

import static io.bitwright.frontend.quantise.QuantisedText.node;
import static io.bitwright.frontend.quantise.QuantisedText.of;
import static io.bitwright.frontend.quantise.QuantisedText.parse;
import static io.bitwright.frontend.quantise.QuantisedText.raw;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Pipeline;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizerTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static Graph quantise(String statements, float[]... frames) {
    return QuantisedText.quantise(QuantizationSettings.PLAIN, statements, frames);
  }

  private static List<DiagnosticId> refused(Runnable work) {
    return assertThrows(DiagnosticException.class, work::run).diagnostics().stream().map(d -> d.id()).toList();
  }

  @Test
  void aPadsValueBecomesACode() {
    String text = """
        %x = input : tensor<1x2x2x1 x f32>
        %p = pad %x {before=[0,1,0,0], after=[0,0,0,0], value=VALUE} : tensor<1x3x2x1 x f32>
        %y = resize_bilinear %p {align_corners=true, half_pixel_centers=false} : tensor<1x6x6x1 x f32>
        return %y
        """;
    Graph within = quantise(text.replace("VALUE", "0.5"), new float[] {-1, 0, 0.25f, 1.55f});
    PerTensor scale = of(within, "p");
    double code = ((Op.Pad) node(within, "p").op()).value().orElseThrow();
    assertEquals(0.5, (code - scale.zeroPoint()) * scale.scale(), scale.scale() / 2);
    assertEquals(of(within, "x"), of(within, "y"));
  }

  @Test
  void rangesReachOverAllFramesAndZero() {
    String relu = """
        %x = input : tensor<1x2 x f32>
        %y = relu %x {kind=relu, round=tflite} : tensor<1x2 x f32>
        return %y""";
    Graph graph = quantise(relu, new float[] {1, 2}, new float[] {3, 1.5f}, new float[] {2, 1});
    assertEquals(new PerTensor(3f / 255, -128), of(graph, "x"), "the smallest value is 1, the range begins at 0");
    graph = quantise(relu, new float[] {-1, -0.5f}, new float[] {-2.55f, -1});
    assertEquals(new PerTensor(2.55f / 255, 127), of(graph, "x"));
    assertEquals(new PerTensor(1f / 255, -128), of(graph, "y"), "always 0: as if it reached to 1");
    graph = quantise(relu, new float[] {-1, 1.55f});
    assertEquals(new PerTensor((float) (2.55 / 255), -28), of(graph, "x"));
  }

  @Test
  void weightsHaveAScaleAChannelAndTheBiasTheProduct() {
    Graph graph = quantise("""
        %x = input : tensor<1x2 x f32>
        %w = constant [1.27, -0.5, 0.02, 0.0254, 0, 0] : tensor<3x2 x f32>
        %b = constant [0.5, -1, 2] : tensor<3 x f32>
        %y = fully_connected %x, %w, %b {clamp=[0,6], round=tflite} : tensor<1x3 x f32>
        return %y""", new float[] {0, 2.55f}, new float[] {1, 0});
    Node y = node(graph, "y");
    Quantization.PerAxis weights = (Quantization.PerAxis) y.operand(1).type().quantization();
    assertEquals(0, weights.axis());
    assertEquals(List.of(1.27f / 127, 0.0254f / 127, 1.27f / 127), weights.scales(), "zeros take the largest scale");
    assertArrayEquals(new long[] {127, -50, 100, 127, 0, 0}, y.operand(1).constant().codes());
    Quantization.PerAxis bias = (Quantization.PerAxis) y.operand(2).type().quantization();
    float input = of(graph, "x").scale();
    assertEquals(input * weights.scales().get(1), bias.scales().get(1));
    assertEquals(Math.round(-1 / ((double) input * weights.scales().get(1))), y.operand(2).constant().code(1));
    assertEquals(new Clamp(-128, 127), ((Op.FullyConnected) y.op()).clamp(), "0 and 6 as codes");
  }

  @Test
  void clampsBecomeCodes() {
    Graph graph = quantise("""
        %x = input : tensor<1x1x1x1 x f32>
        %w = constant [1] : tensor<1x1x1x1 x f32>
        %y = depthwise_conv2d %x, %w {clamp=[-1,1], round=tflite} : tensor<1x1x1x1 x f32>
        %z = add %y, %x {clamp=[-1,2], round=tflite} : tensor<1x1x1x1 x f32>
        return %z""", new float[] {5}, new float[] {-5});
    assertEquals(new PerTensor((float) (2.0 / 255), 0), new PerTensor(of(graph, "y").scale(), 0));
    Clamp clamp = ((Op.Add) node(graph, "z").op()).clamp();
    PerTensor z = of(graph, "z");
    assertEquals(2, z.scale() * (clamp.hi() - z.zeroPoint()), z.scale());
    assertEquals(-1, z.scale() * (clamp.lo() - z.zeroPoint()), z.scale());
    assertEquals(3, ((Quantization.PerAxis) node(graph, "y").operand(1).type().quantization()).axis());
  }

  @Test
  void partsOfAConcatenationShareItsQuantisation() {
    Graph graph = quantise("""
        %x = input : tensor<1x1x1x2 x f32>
        %a = relu %x {kind=relu6, round=tflite} : tensor<1x1x1x2 x f32>
        %b = tanh %x : tensor<1x1x1x2 x f32>
        %p = max_pool2d %a {kernel=1x1} : tensor<1x1x1x2 x f32>
        %c = concat %p, %x, %b {axis=3} : tensor<1x1x1x6 x f32>
        %d = concat %a, %a {axis=3} : tensor<1x1x1x4 x f32>
        return %c, %d""", new float[] {-3, 20});
    PerTensor whole = of(graph, "c");
    for (String tied : List.of("x", "a", "p", "d")) {
      assertEquals(whole, of(graph, tied), tied);
    }
    assertEquals((float) (23 / 255.0), whole.scale());
    assertEquals(new PerTensor(1f / 128, 0), of(graph, "b"), "TFLite fixes that of tanh");
    Node part = node(graph, "c").operand(2);
    assertTrue(part.op() instanceof Op.Quantize, "so it is requantised");
    assertEquals(whole, part.type().quantization());
  }

  @Test
  void partsOfOneFixedQuantisationKeepIt() {
    Graph graph = quantise("""
        %x = input : tensor<1x4 x f32>
        %a = logistic %x : tensor<1x4 x f32>
        %b = softmax %x {beta=1} : tensor<1x4 x f32>
        %c = concat %a, %b {axis=1} : tensor<1x8 x f32>
        %d = reshape %c : tensor<8 x f32>
        return %d""", new float[] {1, 2, 3, 4});
    for (String each : List.of("a", "b", "c", "d")) {
      assertEquals(new PerTensor(1f / 256, -128), of(graph, each), each);
    }
  }

  @Test
  void hardSwishGetsAScaleThatItsArithmeticTakes() {
    String text = "%x = input : tensor<1x2 x f32>\n%y = hard_swish %x : tensor<1x2 x f32>\nreturn %y";
    Graph graph = quantise(text, new float[] {-1000, 0.001f});
    assertTrue(of(graph, "y").scale() > of(graph, "x").scale() / 128);
    graph = quantise(text, new float[] {-3, 3});
    assertEquals((float) (3 / 255.0), of(graph, "y").scale(), "nothing to raise");
  }

  /** Outputs that are all but zero for inputs that are not, tiny and huge values: every operator still lowers. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1e-30, 1e-30", "1e8, 1e8", "-1e8, 1e-9", "1e-38, 1e8", "-1e8, -1e-20"})
  void extremeRangesAreQuantised(float a, float b) {
    quantise("""
        %x = input : tensor<1x1x1x2 x f32>
        %n = constant [-1, 1e-12, 1e-35, -8] : tensor<2x1x1x2 x f32>
        %m = constant [1e4, -1e-30] : tensor<2 x f32>
        %c = conv2d %x, %n, %m {round=tflite} : tensor<1x1x1x2 x f32>
        %r = relu %x {kind=relu6, round=tflite} : tensor<1x1x1x2 x f32>
        %h = hard_swish %x : tensor<1x1x1x2 x f32>
        %s = softmax %x {beta=1} : tensor<1x1x1x2 x f32>
        %l = local_response_norm %x {size=3, alpha=1, beta=0.75, bias=2} : tensor<1x1x1x2 x f32>
        %p = mul %r, %x {round=tflite} : tensor<1x1x1x2 x f32>
        %q = add %x, %h {round=tflite} : tensor<1x1x1x2 x f32>
        %t = mean %x {axes=[1,2], keep_dims=true, round=tflite} : tensor<1x1x1x2 x f32>
        return %c, %r, %h, %s, %l, %p, %q, %t""", new float[] {a, b});
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity", "1e20"})
  void unusableValuesAreRefusedWhereTheyBegin(float value) {
    String text = """
        %%x = input : tensor<1x2 x f32>
        %%w = constant [1, %s] : tensor<2x1 x f32>
        %%v = reshape %%x : tensor<2x1 x f32>
        %%y = fully_connected %%v, %%w {round=tflite} : tensor<2x2 x f32>
        %%z = add %%y, %%y {round=tflite} : tensor<2x2 x f32>
        return %%z""";
    String one = String.format(text, "1");
    assertEquals(List.of(DiagnosticId.UNUSABLE_RANGE), refused(() -> quantise(one, new float[] {1, value})));
    quantise(one, new float[] {1, 1});
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() {
    Graph graph = parse("""
        %x = input : tensor<1x1 x f32>
        %w = constant [1, 2] : tensor<2x1 x f32>
        %y = fully_connected %x, %w {round=tflite} : tensor<1x2 x f32>
        return %y""");
    Node y = graph.outputs().get(0);
    Node w = y.operand(1).replacedBy(
        new Op.Constant("w", io.bitwright.ir.type.TensorData.ofFloats(1, INFINITY)), List.of(), y.operand(1).type());
    Graph bad = new Graph("g", graph.inputs(), List.of(y.withOperands(List.of(y.operand(0), w))));
    Quantizer quantizer = new Quantizer();
    assertEquals(List.of(DiagnosticId.UNUSABLE_RANGE), refused(
        () -> quantizer.quantize(bad, quantizer.observe(bad, List.of(List.of(raw(1)))))));
  }

  @Test
  void networksQuantisedInPartAreRefused() {
    Graph part = parse("""
        %x = input : tensor<1x2 x f32>
        %q = quantize %x {round=tflite} : tensor<1x2 x i8, q(0.5, 0)>
        %d = dequantize %q : tensor<1x2 x f32>
        %y = tanh %d : tensor<1x2 x f32>
        return %y""");
    assertFalse(Quantizer.isReal(part));
    assertFalse(Quantizer.isInteger(part));
    assertEquals(List.of(DiagnosticId.QUANTISED_IN_PART),
        refused(() -> Quantizer.prepare(part, Set.of(), Pipeline.Observer.NONE)));
    assertTrue(Quantizer.isInteger(parse("""
        %x = input : tensor<1x2 x f32>
        %q = quantize %x {round=tflite} : tensor<1x2 x i8, q(0.5, 0)>
        %d = dequantize %q : tensor<1x2 x f32>
        return %d""")));
  }

  @Test
  void batchNormsThatCannotFoldBecomeDepthwiseConvolutions() {
    Graph graph = quantise("""
        %x = input : tensor<2x3 x f32>
        %m = constant [1, 2, 3] : tensor<3 x f32>
        %v = constant [4, 5, 6] : tensor<3 x f32>
        %y = batch_norm %x, %m, %v, %m {epsilon=0.001} : tensor<2x3 x f32>
        %z = relu %y {kind=relu, round=tflite} : tensor<2x3 x f32>
        return %z""", new float[] {1, 2, 3, 4, 5, 6});
    assertEquals(1, graph.nodes().stream().filter(n -> n.op() instanceof Op.DepthwiseConv2d).count());
    assertEquals(List.of(2, 3), graph.outputs().get(0).type().shape().dims());
  }

  @Test
  void sameResultWhateverTheThreads() {
    String text = """
        %x = input : tensor<1x8x8x3 x f32>
        %w = constant seeded(5) : tensor<8x3x3x3 x f32>
        %y = conv2d %x, %w {pad=[1,1,1,1], round=tflite} : tensor<1x8x8x8 x f32>
        %z = swish %y : tensor<1x8x8x8 x f32>
        return %z""";
    Graph prepared = Quantizer.prepare(parse(text), Set.of(), Pipeline.Observer.NONE);
    SplittableRandom random = new SplittableRandom(7);
    List<List<byte[]>> frames = new ArrayList<>();
    for (int f = 0; f < 9; f++) {
      float[] frame = new float[192];
      for (int i = 0; i < frame.length; i++) {
        frame[i] = random.nextInt(-1000, 1000) / 100f * (f + 1);
      }
      frames.add(List.of(raw(frame)));
    }
    Set<String> found = new java.util.TreeSet<>();
    for (int threads : new int[] {1, 2, 3, 9, 20}) {
      for (int repeat = 0; repeat < 3; repeat++) {
        Quantizer quantizer = new Quantizer(QuantizationSettings.PLAIN, threads, Progress.NONE);
        found.add(GraphPrinter.print(quantizer.quantize(prepared, quantizer.observe(prepared, frames))).text());
      }
    }
    assertEquals(1, found.size());
  }

  @Test
  void aPolicyMayNarrowRanges() {
    Graph prepared = parse("%x = input : tensor<1x2 x f32>\n%y = tanh %x : tensor<1x2 x f32>\nreturn %y");
    Quantizer quantizer = new Quantizer(
        QuantizationSettings.PLAIN.with(seen -> new Range(-1, Math.min(1, seen.range().max()))), 1, Progress.NONE);
    Graph graph = quantizer.quantize(prepared, quantizer.observe(prepared, List.of(List.of(raw(-9, 9)))));
    TensorType x = graph.inputs().get(0).type();
    assertEquals((float) (2.0 / 255), x.scale());
  }
}
