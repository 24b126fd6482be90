package io.bitwright.ir.interp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Operators of float networks and their 8-bit forms against formulas in double. */
class ZooOperatorTest {
  private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.of(
      "hard_sigmoid", x -> Math.min(Math.max(x + 3, 0), 6) / 6,
      "swish", x -> x / (1 + Math.exp(-x)),
      "tanh", Math::tanh,
      "logistic", x -> 1 / (1 + Math.exp(-x)));

  private static String unary(String statement, String in, String out) {
    return "graph @g {\n%x = input : tensor<" + in + ">\n%y = " + statement + " : tensor<" + out + ">\nreturn %y\n}\n";
  }

  @Test
  void functionsComeNearTheirFormulas() {
    float[] x = new float[4001];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i - 2000) / 100f;
    }
    FUNCTIONS.forEach((name, function) -> {
      float[] y = GraphRun.of(unary(name + " %x", "4001 x f32", "4001 x f32"), x);
      for (int i = 0; i < x.length; i++) {
        double exact = function.applyAsDouble(x[i]);
        assertEquals(exact, y[i], 1e-9 + 4e-7 * Math.abs(exact), name + " of " + x[i]);
      }
    });
  }

  @Test
  void everyCodeRoundsToTheNearest() {
    float[][] types = {{0.05f, -20, 0.04f, 3}, {0.0235f, -128, 0.00390625f, -128}, {0.2f, 11, 0.0078125f, 0}};
    byte[] codes = new byte[256];
    for (int i = 0; i < 256; i++) {
      codes[i] = (byte) (i - 128);
    }
    for (String name : new String[] {"hard_sigmoid", "swish", "tanh"}) {
      for (float[] t : types) {
        byte[] y = GraphRun.run(unary(name + " %x", "256 x i8, q(" + t[0] + ", " + (int) t[1] + ")",
            "256 x i8, q(" + t[2] + ", " + (int) t[3] + ")"), codes);
        for (int i = 0; i < 256; i++) {
          double exact = FUNCTIONS.get(name).applyAsDouble(t[0] * (codes[i] - t[1])) / t[2] + t[3];
          assertEquals(Math.min(Math.max(exact, -128), 127), y[i], 0.50001, name + " of code " + codes[i]);
        }
      }
    }
  }

  @Test
  void clipRequantisesAndLimits() {
    byte[] y = GraphRun.run(unary("clip %x {limits=[-0.7,1.5], round=single}", "6 x i8, q(0.5, 1)", "6 x i8, q(0.25, 4)"),
        new byte[] {-128, -1, 0, 1, 3, 127});
    assertArrayEquals(new byte[] {1, 1, 2, 4, 8, 10}, y);
  }

  @Test
  void shuffledChannelsComeFromEachGroupInTurn() {
    byte[] x = {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15};
    String type = "1x1x2x6 x i8, q(1, 0)";
    assertArrayEquals(new byte[] {0, 3, 1, 4, 2, 5, 10, 13, 11, 14, 12, 15},
        GraphRun.run(unary("channel_shuffle %x {groups=2}", type, type), x));
    assertArrayEquals(new byte[] {0, 2, 4, 1, 3, 5, 10, 12, 14, 11, 13, 15},
        GraphRun.run(unary("channel_shuffle %x {groups=3}", type, type), x));
  }

  @Test
  void sliceOfSeveralDimensions() {
    float[] x = new float[24];
    for (int i = 0; i < 24; i++) {
      x[i] = i;
    }
    assertArrayEquals(new float[] {17, 18, 21, 22},
        GraphRun.of(unary("slice %x {begin=[1,1,1], extent=[1,2,2]}", "2x3x4 x f32", "1x2x2 x f32"), x));
  }

  @Test
  void averageThatCountsPaddingDividesByTheWindow() {
    String type = "1x1x2x1 x %s, q(1, 10)";
    String pool = "average_pool2d %x {kernel=1x3, pad=[0,0,1,1], divisor=window}";
    assertArrayEquals(new byte[] {11, 11},
        GraphRun.run(unary(pool, type.formatted("i8"), type.formatted("i8")), new byte[] {9, 15}));
    assertArrayEquals(new byte[] {11, 11},
        GraphRun.run(unary(pool, type.formatted("u8"), type.formatted("u8")), new byte[] {9, 15}));
    assertArrayEquals(new float[] {8, 8},
        GraphRun.of(unary(pool, "1x1x2x1 x f32", "1x1x2x1 x f32"), 9, 15));
  }

  private static double normalised(double[] x, int c, int size, double alpha, double beta, double bias) {
    double sum = 0;
    for (int i = Math.max(0, c - (size - 1) / 2); i <= Math.min(x.length - 1, c + size / 2); i++) {
      sum += x[i] * x[i];
    }
    return x[c] / Math.pow(bias + alpha / size * sum, beta);
  }

  @Test
  void localResponseNormOfReals() {
    for (int size : new int[] {1, 4, 5}) {
      float[] x = new float[16];
      double[] exact = new double[16];
      for (int i = 0; i < 16; i++) {
        x[i] = (i % 2 == 0 ? 1 : -1) * (float) Math.scalb(1.3, i - 5);
        exact[i] = x[i];
      }
      float[] y = GraphRun.of(unary("local_response_norm %x {size=" + size + ", alpha=0.5, beta=0.75, bias=2}",
          "1x16 x f32", "1x16 x f32"), x);
      for (int i = 0; i < 16; i++) {
        double expected = normalised(exact, i, size, 0.5, 0.75, 2);
        assertEquals(expected, y[i], 2e-6 * Math.abs(expected), "size " + size + ", channel " + i);
      }
    }
  }

  @Test
  void localResponseNormOfCodes() {
    byte[] x = new byte[256];
    double[] real = new double[256];
    for (int i = 0; i < 256; i++) {
      x[i] = (byte) (i * 37);
      real[i] = 0.1f * (x[i] + 128);
    }
    byte[] y = GraphRun.run(unary("local_response_norm %x {size=5, alpha=0.0001, beta=0.75, bias=1}",
        "1x256 x i8, q(0.1, -128)", "1x256 x i8, q(0.1, -128)"), x);
    for (int i = 0; i < 256; i++) {
      double exact = normalised(real, i, 5, 1e-4, 0.75, 1) / 0.1f - 128;
      assertEquals(exact, y[i], 0.55, "channel " + i);
    }
  }
}
