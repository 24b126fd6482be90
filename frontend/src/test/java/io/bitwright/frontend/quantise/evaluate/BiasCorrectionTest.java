package io.bitwright.frontend.quantise.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.quantise.QuantizationSettings;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.frontend.quantise.WeightScales;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BiasCorrectionTest {
  /** The small weights of the second channel all round down, to zero, and its inputs are positive: its mean falls. */
  private static final String BIASED = """
      graph @g {
      %x = input : tensor<1x4x4x2 x f32> "x"
      %w1 = constant [1, -0.5, 0.0035, 0.0035] : tensor<2x1x1x2 x f32>
      %b1 = constant [0, 0] : tensor<2 x f32>
      %h = conv2d %x, %w1, %b1 {round=tflite} : tensor<1x4x4x2 x f32> "h"
      %r = relu %h {kind=relu, round=tflite} : tensor<1x4x4x2 x f32> "r"
      %w2 = constant [0.5, 100, 1, -60] : tensor<2x1x1x2 x f32>
      %b2 = constant [0, 0] : tensor<2 x f32>
      %y = conv2d %r, %w2, %b2 {round=tflite} : tensor<1x4x4x2 x f32> "y"
      return %y
      }
      """;

  private static List<List<byte[]>> frames() {
    SplittableRandom random = new SplittableRandom(5);
    List<List<byte[]>> frames = new ArrayList<>();
    for (int f = 0; f < 6; f++) {
      ByteBuffer raw = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
      while (raw.hasRemaining()) {
        raw.putFloat((float) (0.5 + random.nextDouble()));
      }
      frames.add(List.of(raw.array()));
    }
    return frames;
  }

  private static Quantized quantized(boolean corrected, int threads) {
    QuantizationSettings settings =
        QuantizationSettings.PLAIN.with(WeightScales.PER_TENSOR).correctingBiases(corrected);
    return new Quantizer(settings, threads, Progress.NONE).run(GraphParser.parse(BIASED), frames());
  }

  private static double decibels(Quantized quantized) {
    List<Sensitivity.Row> rows = Sensitivity.of(quantized, frames(), 2, Progress.NONE);
    assertEquals(List.of("x", "h", "r", "y"), rows.stream().map(r -> r.real().name()).toList());
    return rows.get(3).whole().decibels();
  }

  @Test
  void meansAreMadeUpFor() {
    double plain = decibels(quantized(false, 2));
    double corrected = decibels(quantized(true, 2));
    assertTrue(corrected > plain + 6, plain + " dB, corrected " + corrected);
  }

  @Test
  void threadsChangeNothing() {
    String one = GraphPrinter.print(quantized(true, 1).codes()).text();
    assertEquals(one, GraphPrinter.print(quantized(true, 3).codes()).text());
  }

  /** Of each operator on right operands: the input's rounding, and that of the second channel's lost weights. */
  @Test
  void noiseOfOneOperatorAlone() {
    List<Sensitivity.Row> rows = Sensitivity.of(quantized(false, 2), frames(), 2, Progress.NONE);
    assertEquals(rows.get(0).whole().decibels(), rows.get(0).alone().decibels());
    // A uniform input of 0.5 to 1.5 with a step of 1.5 / 255: the ratio of 13/12 to step^2 / 12.
    double expected = 10 * Math.log10((13.0 / 12) / (Math.pow(1.5 / 255, 2) / 12));
    assertEquals(expected, rows.get(0).whole().decibels(), 0.7);
    assertTrue(rows.get(3).alone().decibels() > rows.get(3).whole().decibels() + 6,
        "the last operator adds less than it inherits: " + rows.get(3));
    assertEquals(6, rows.get(3).frames());
  }

  @Test
  void noNoiseIsInfinitelyGood() {
    assertEquals(Double.POSITIVE_INFINITY, new Noise(3, 0).decibels());
    assertEquals(20, new Noise(100, 1).decibels(), 1e-9);
  }

  @Test
  void imagesBelongToTheGraph() {
    Quantized quantized = quantized(true, 2);
    Graph reals = quantized.reals();
    reals.nodes().stream().filter(n -> !n.isConstant()).forEach(n ->
        assertTrue(quantized.codes().nodes().contains(quantized.image(n)), n.name()));
  }
}
