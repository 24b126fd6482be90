package io.bitwright.frontend.quantise.equalise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.quantise.Equalisation;
import io.bitwright.frontend.quantise.QuantizationSettings;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.frontend.quantise.WeightScales;
import io.bitwright.frontend.quantise.evaluate.Quantized;
import io.bitwright.frontend.quantise.evaluate.Sensitivity;
import io.bitwright.frontend.quantise.range.Calibration;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.passes.WeightedOp;
import io.bitwright.ir.rewrite.Pipeline;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An inverted residual whose depthwise weights differ from channel to channel by up to a factor of 2^10. */
class EqualisationTest {
  private static final int CHANNELS = 16;
  private static final int SIZE = 6;

  private static String values(int count, SplittableRandom random, java.util.function.IntToDoubleFunction factor) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      double value = (random.nextDouble() - 0.5) * factor.applyAsDouble(i);
      text.append(i == 0 ? "" : ", ").append((float) value);
    }
    return text.toString();
  }

  private static double factor(int channel) {
    return Math.pow(2, channel * 10.0 / CHANNELS - 5);
  }

  /** Expand, depthwise, project; what the depthwise weights are multiplied by, the projection's are divided by. */
  private static Graph network(String limits) {
    SplittableRandom random = new SplittableRandom(11);
    String text = """
        graph @g {
        %%x = input : tensor<1x6x6x4 x f32>
        %%w1 = constant [%s] : tensor<16x1x1x4 x f32>
        %%b1 = constant [%s] : tensor<16 x f32>
        %%h = conv2d %%x, %%w1, %%b1 {clamp=%s, round=tflite} : tensor<1x6x6x16 x f32>
        %%w2 = constant [%s] : tensor<1x3x3x16 x f32>
        %%b2 = constant [%s] : tensor<16 x f32>
        %%d = depthwise_conv2d %%h, %%w2, %%b2 {pad=[1,1,1,1], clamp=%s, round=tflite} : tensor<1x6x6x16 x f32>
        %%w3 = constant [%s] : tensor<4x1x1x16 x f32>
        %%b3 = constant [%s] : tensor<4 x f32>
        %%y = conv2d %%d, %%w3, %%b3 {round=tflite} : tensor<1x6x6x4 x f32>
        return %%y
        }
        """.formatted(values(64, random, i -> 4), values(16, random, i -> 1), limits,
        values(144, random, i -> 2 * factor(i % CHANNELS)), values(16, random, i -> factor(i)), limits,
        values(64, random, i -> 1 / factor(i % CHANNELS)), values(4, random, i -> 1));
    return GraphParser.parse(text);
  }

  private static List<byte[]> frame(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer raw = ByteBuffer.allocate(SIZE * SIZE * 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
    while (raw.hasRemaining()) {
      raw.putFloat((float) (random.nextDouble() * 4 - 2));
    }
    return List.of(raw.array());
  }

  private static List<List<byte[]>> frames() {
    List<List<byte[]>> frames = new ArrayList<>();
    for (long seed = 0; seed < 8; seed++) {
      frames.add(frame(seed));
    }
    return frames;
  }

  private static Graph equalised(Graph graph, boolean clips) {
    return CrossLayerEqualisation.apply(graph, new Calibration(graph, true).observe(frames(), 2, Progress.NONE), clips);
  }

  private static float[] run(Graph graph, List<byte[]> frame) {
    byte[] raw = new Interpreter(ScheduleChooser.choose(Lowering.lower(graph, new Diagnostics())))
        .run(frame, Trace.NONE).get(0);
    FloatBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static void assertSame(Graph expected, Graph actual, double tolerance) {
    GraphVerifier.check(actual, "test");
    for (List<byte[]> frame : frames()) {
      float[] wanted = run(expected, frame);
      float[] given = run(actual, frame);
      double largest = 0;
      for (float x : wanted) {
        largest = Math.max(largest, Math.abs(x));
      }
      for (int i = 0; i < wanted.length; i++) {
        assertEquals(wanted[i], given[i], tolerance * largest);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[-inf,inf]", "[0,inf]", "[0,6]"})
  void whatTheNetworkComputesStays(String limits) {
    Graph graph = network(limits);
    assertSame(graph, equalised(graph, true), 1e-5);
    assertSame(graph, equalised(graph, false), 1e-5);
  }

  @Test
  void rangesOfPairsBecomeAlike() {
    Graph graph = equalised(network("[0,inf]"), false);
    for (Pair pair : Pair.of(graph)) {
      double[] first = new double[pair.first().outputs()];
      double[] second = new double[first.length];
      float[] w1 = pair.first().weights();
      float[] w2 = pair.second().weights();
      for (int i = 0; i < w1.length; i++) {
        first[pair.first().output(i)] = Math.max(first[pair.first().output(i)], Math.abs(w1[i]));
      }
      for (int i = 0; i < w2.length; i++) {
        second[pair.second().input(i)] = Math.max(second[pair.second().input(i)], Math.abs(w2[i]));
      }
      for (int c = 0; c < first.length; c++) {
        assertEquals(1, first[c] / second[c], 0.01, "channel " + c);
      }
    }
  }

  /** Without leave for limits a channel, what ReLU6 stands between is left alone. */
  @Test
  void limitsBecomeOnesAChannel() {
    Graph graph = network("[0,6]");
    assertTrue(minima(equalised(graph, false)).isEmpty());
    assertEquals(2, minima(equalised(graph, true)).size());
  }

  private static List<Node> minima(Graph graph) {
    return graph.nodes().stream()
        .filter(n -> n.op() instanceof Op.Elementwise op && op.function() == BinaryFunction.MIN).toList();
  }

  private static double outputDecibels(Graph graph, QuantizationSettings settings) {
    Graph prepared = Quantizer.prepare(graph, Set.of(), Pipeline.Observer.NONE);
    Quantized quantized = new Quantizer(settings, 2, Progress.NONE).run(prepared, frames());
    List<Sensitivity.Row> rows = Sensitivity.of(quantized, frames(), 2, Progress.NONE);
    return rows.get(rows.size() - 1).whole().decibels();
  }

  /** The weights' share of the noise: those of the depthwise operator, quantised alone and turned back into reals. */
  private static double weightDecibels(Graph graph, WeightScales scales) {
    QuantizationSettings settings = QuantizationSettings.PLAIN.with(scales);
    Quantized quantized = new Quantizer(settings, 2, Progress.NONE).run(graph, frames());
    Node real = graph.nodes().stream().filter(n -> n.op() instanceof Op.DepthwiseConv2d).findFirst().orElseThrow();
    Node image = quantized.image(real).operand(1);
    float[] reals = WeightedOp.of(real).orElseThrow().weights();
    double signal = 0;
    double noise = 0;
    io.bitwright.ir.type.Quantization.PerAxis axis =
        (io.bitwright.ir.type.Quantization.PerAxis) image.type().quantization();
    double[] byChannel = new double[CHANNELS];
    double[] ofChannel = new double[CHANNELS];
    for (int i = 0; i < reals.length; i++) {
      int c = i % CHANNELS;
      double difference = reals[i] - image.constant().code(i) * axis.scales().get(c);
      byChannel[c] += difference * difference;
      ofChannel[c] += reals[i] * reals[i];
    }
    // A channel's own ratio: the next operator makes up for its size.
    for (int c = 0; c < CHANNELS; c++) {
      signal += 1;
      noise += byChannel[c] / ofChannel[c];
    }
    return 10 * Math.log10(signal / noise);
  }

  /** One scale for all weights loses small channels; equalised, it does nearly as well as a scale a channel. */
  @ParameterizedTest
  @ValueSource(strings = {"[0,inf]", "[0,6]"})
  void oneScaleForAllWeightsDoesNearlyAsWell(String limits) {
    Graph graph = network(limits);
    QuantizationSettings channels = QuantizationSettings.PLAIN;
    QuantizationSettings tensor = channels.with(WeightScales.PER_TENSOR);
    double perChannel = outputDecibels(graph, channels.with(Equalisation.ALL));
    double perTensor = outputDecibels(graph, tensor);
    double equalised = outputDecibels(graph, tensor.with(Equalisation.ALL));
    String found = "per channel " + perChannel + " dB, per tensor " + perTensor + ", equalised " + equalised;
    assertTrue(equalised > perChannel - 1, found);
    assertTrue(perTensor < equalised - 6, found);
    double weights = weightDecibels(equalised(graph, true), WeightScales.PER_TENSOR);
    assertTrue(weights > weightDecibels(graph, WeightScales.PER_TENSOR) + 6);
  }

  /** Biases of 5 before a ReLU that hardly ever comes near zero. */
  @Test
  void highBiasesMoveOn() {
    String text = """
        graph @g {
        %x = input : tensor<1x6x6x4 x f32>
        %w1 = constant [0.2, -0.1, 0.05, 0.1, 1, -2, 0.5, 1] : tensor<2x1x1x4 x f32>
        %b1 = constant [5, 0] : tensor<2 x f32>
        %h = conv2d %x, %w1, %b1 {clamp=[0,inf], round=tflite} : tensor<1x6x6x2 x f32>
        %w2 = constant [1, 0.5] : tensor<1x1x1x2 x f32>
        %b2 = constant [0.25] : tensor<1 x f32>
        %y = conv2d %h, %w2, %b2 {round=tflite} : tensor<1x6x6x1 x f32>
        return %y
        }
        """;
    Graph graph = GraphParser.parse(text);
    Graph absorbed = HighBiasAbsorption.apply(graph,
        new Calibration(graph, true).observe(frames(), 2, Progress.NONE));
    assertSame(graph, absorbed, 1e-6);
    float[] first = absorbed.outputs().get(0).operand(0).operand(2).constant().reals();
    float[] second = absorbed.outputs().get(0).operand(2).constant().reals();
    assertTrue(first[0] > 0.3 && first[0] < 3, "bias " + first[0]);
    assertEquals(0, first[1], "a channel that is often zero keeps its bias");
    assertEquals(0.25 + (5 - first[0]), second[0], 1e-5);
  }
}
