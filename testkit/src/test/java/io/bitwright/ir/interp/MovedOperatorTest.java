package io.bitwright.ir.interp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Transpositions, gathers, indices of maxima and the f32 functions of two tensors, against loops written here. */
class MovedOperatorTest {
  private static String unary(String statement, String in, String out) {
    return "graph @g {\n%x = input : tensor<" + in + ">\n%y = " + statement + " : tensor<" + out + ">\nreturn %y\n}\n";
  }

  private static float[] iota(int count) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = i;
    }
    return x;
  }

  @Test
  void transposeTakesEveryOrder() {
    int[] dims = {2, 3, 4, 5};
    int[][] orders = {{0, 3, 1, 2}, {3, 2, 1, 0}, {1, 0, 3, 2}, {2, 3, 0, 1}};
    for (int[] o : orders) {
      float[] expected = new float[120];
      int at = 0;
      int[] i = new int[4];
      for (i[o[0]] = 0; i[o[0]] < dims[o[0]]; i[o[0]]++) {
        for (i[o[1]] = 0; i[o[1]] < dims[o[1]]; i[o[1]]++) {
          for (i[o[2]] = 0; i[o[2]] < dims[o[2]]; i[o[2]]++) {
            for (i[o[3]] = 0; i[o[3]] < dims[o[3]]; i[o[3]]++) {
              expected[at++] = ((i[0] * 3 + i[1]) * 4 + i[2]) * 5 + i[3];
            }
          }
        }
      }
      String out = dims[o[0]] + "x" + dims[o[1]] + "x" + dims[o[2]] + "x" + dims[o[3]];
      assertArrayEquals(expected, GraphRun.of(unary(
          "transpose %x {order=[" + o[0] + "," + o[1] + "," + o[2] + "," + o[3] + "]}", "2x3x4x5 x f32", out
              + " x f32"),
          iota(120)));
    }
    assertArrayEquals(new byte[] {1, 4, 2, 5, 3, 6},
        GraphRun.run(unary("transpose %x {order=[1,0]}", "2x3 x i8, q(1, 0)", "3x2 x i8, q(1, 0)"),
            new byte[] {1, 2, 3, 4, 5, 6}));
  }

  @Test
  void gatherRepeatsSkipsAndReverses() {
    int[][] lists = {{0, 0, 1, 1, 2, 2, 3, 3}, {3, 2, 1, 0}, {0, 2}, {1, 1, 1}, {2}, {3, 0, 3, 1, 2, 2, 0},
        {0, 1, 2, 3, 0, 1, 2, 3, 0, 1}};
    for (int[] list : lists) {
      String indices = java.util.Arrays.toString(list).replace(" ", "");
      float[] rows = new float[list.length * 3];
      float[] columns = new float[2 * list.length];
      for (int i = 0; i < list.length; i++) {
        for (int c = 0; c < 3; c++) {
          rows[3 * i + c] = 3 * list[i] + c;
        }
        columns[i] = list[i];
        columns[list.length + i] = 4 + list[i];
      }
      assertArrayEquals(rows, GraphRun.of(unary("gather %x {axis=1, indices=" + indices + "}", "1x4x3 x f32",
          "1x" + list.length + "x3 x f32"), iota(12)), indices);
      assertArrayEquals(columns, GraphRun.of(unary("gather %x {axis=1, indices=" + indices + "}", "2x4 x f32",
          "2x" + list.length + " x f32"), iota(8)), indices);
    }
  }

  /** TFLite's rounded scale leads beyond the only row here; what it then reads is not its tensor's. */
  @Test
  void bilinearResizesStayInsideOfTheMap() {
    byte[] y = GraphRun.run(unary("resize_bilinear %x {align_corners=false, half_pixel_centers=false}",
        "1x1x1x2 x i8, q(1, 0)", "1x65x58x2 x i8, q(1, 0)"), new byte[] {-7, 100});
    for (int i = 0; i < y.length; i++) {
      assertEquals(i % 2 == 0 ? -7 : 100, y[i]);
    }
  }

  @Test
  void padsTakeAValue() {
    assertArrayEquals(new float[] {2.5f, 2.5f, 2.5f, 0, 1, 2.5f}, GraphRun.of(unary(
        "pad %x {before=[1,0], after=[0,1], value=2.5}", "1x2 x f32", "2x3 x f32"), iota(2)));
    assertArrayEquals(new byte[] {1, 2, (byte) 255}, GraphRun.run(unary(
        "pad %x {before=[0], after=[1], value=255}", "2 x u8, q(1, 3)", "3 x u8, q(1, 3)"), new byte[] {1, 2}));
  }

  @Test
  void indexOfTheLargestIsThatOfTheFirstOrLast() {
    float[] x = {1, 3, 3, 2, -1, -1, -5, -1, 0, -0f, 0, 0};
    assertArrayEquals(new int[] {1, 0, 0}, indices(x, "last=false"));
    assertArrayEquals(new int[] {2, 3, 3}, indices(x, "last=true"));
    byte[] raw = GraphRun.run(unary("arg_max %x {last=false}", "2x3 x u8, q(0.5, 3)", "2 x i32"),
        new byte[] {(byte) 200, 5, (byte) 201, 0, 0, 0});
    assertArrayEquals(new byte[] {2, 0, 0, 0, 0, 0, 0, 0}, raw);
  }

  private static int[] indices(float[] x, String attributes) {
    ByteBuffer in = ByteBuffer.allocate(4 * x.length).order(ByteOrder.LITTLE_ENDIAN);
    in.asFloatBuffer().put(x);
    byte[] raw = GraphRun.run(unary("arg_max %x {" + attributes + "}", "3x4 x f32", "3 x i32"), in.array());
    int[] result = new int[3];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(result);
    return result;
  }

  @Test
  void logarithmOfSoftmaxKeepsSmallProbabilities() {
    float[] x = {1, 2, 300, -4, -0.5f, 0, 0.25f, 80};
    float[] y = GraphRun.of(unary("log_softmax %x", "2x4 x f32", "2x4 x f32"), x);
    for (int row = 0; row < 2; row++) {
      double max = row == 0 ? 300 : 80;
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += Math.exp(x[4 * row + i] - max);
      }
      for (int i = 0; i < 4; i++) {
        assertEquals(x[4 * row + i] - max - Math.log(sum), y[4 * row + i], 1e-6 * 300);
      }
    }
  }

  @Test
  void functionsOfTwoTensorsBroadcast() {
    float[] x = {-2, -0.5f, 0, 0.5f, 3, 8};
    float[] c = {2, 0.25f, -4};
    for (String function : new String[] {"sub", "div", "min", "max", "prelu"}) {
      String graph = "graph @g {\n%x = input : tensor<2x3 x f32>\n%c = constant [2, 0.25, -4] : tensor<3 x f32>\n"
          + "%y = elementwise %x, %c {function=" + function + ", round=tflite} : tensor<2x3 x f32>\nreturn %y\n}\n";
      float[] y = GraphRun.of(graph, x);
      for (int i = 0; i < 6; i++) {
        float a = x[i];
        float b = c[i % 3];
        float expected = switch (function) {
          case "sub" -> a - b;
          case "div" -> a / b;
          case "min" -> Math.min(a, b);
          case "max" -> Math.max(a, b);
          default -> a < 0 ? a * b : a;
        };
        assertEquals(expected, y[i], function);
      }
    }
  }

  @Test
  void poolsTakeDilation() {
    float[] y = GraphRun.of(unary("max_pool2d %x {kernel=2x2, dilation=2x2, pad=[1,0,1,0]}", "1x4x4x1 x f32",
        "1x3x3x1 x f32"), iota(16));
    assertArrayEquals(new float[] {5, 6, 7, 9, 10, 11, 13, 14, 15}, y);
  }
}
