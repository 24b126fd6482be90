package io.bitwright.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.op.Op;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Channels-first files become channels-last networks without transpositions, and give what the file means. */
class LayoutTest {
  private static float[] run(Graph graph, int count) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = i;
    }
    byte[] raw = GraphRun.run(graph, List.of(TestModel.raw(x))).get(0);
    float[] y = new float[raw.length / 4];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(y);
    return y;
  }

  private static boolean has(Graph graph, Class<? extends Op> type) {
    return graph.nodes().stream().anyMatch(n -> type.isInstance(n.op()));
  }

  @Test
  void inputOfAConvolutionIsChannelsLast() {
    Graph graph = new TestModel().input("x", 1, 2, 3, 4).node("GlobalAveragePool(x) -> y").output("y").load();
    assertEquals(List.of(1, 3, 4, 2), graph.inputs().get(0).type().shape().dims());
    assertEquals(List.of(1, 2, 3, 4), graph.sourceViews().inputs().get(0).shape());
    assertArrayEquals(new float[] {5.5f, 17.5f}, run(graph, 24));
  }

  @Test
  void inputThatIsTransposedFirstStaysAsItIs() {
    Graph graph = new TestModel().input("x", 1, 3, 4, 2).node("Transpose(x) -> t", "perm", new long[] {0, 3, 1, 2})
        .node("GlobalMaxPool(t) -> y").output("y").load();
    assertEquals(List.of(1, 3, 4, 2), graph.inputs().get(0).type().shape().dims());
    assertTrue(!has(graph, Op.Transpose.class));
    assertArrayEquals(new float[] {22, 23}, run(graph, 24));
  }

  /** The matrix's columns follow the order in memory: what it picks is what the file's order says. */
  @Test
  void flattenedMapsPermuteTheMatrixBehind() {
    float[] matrix = new float[24 * 2];
    matrix[2 * 7] = 1;
    matrix[2 * 18 + 1] = 1;
    TestModel model = new TestModel().input("x", 1, 2, 3, 4)
        .field(1, TestModel.node("MaxPool(x) -> p", Map.of("kernel_shape", new long[] {1, 1})))
        .node("Flatten(p) -> f").reals("m", new long[] {24, 2}, matrix).node("Gemm(f, m) -> y").output("y");
    Graph graph = model.load();
    assertTrue(!has(graph, Op.Transpose.class));
    assertArrayEquals(new float[] {7, 18}, run(graph, 24));
  }

  @Test
  void channelShuffleWrittenOutIsOne() {
    TestModel model = new TestModel().input("x", 1, 6, 1, 2)
        .field(1, TestModel.node("MaxPool(x) -> p", Map.of("kernel_shape", new long[] {1, 1})))
        .integers("five", 1, 2, 3, 1, 2).integers("four", 1, 6, 1, 2).node("Reshape(p, five) -> r")
        .node("Transpose(r) -> t", "perm", new long[] {0, 2, 1, 3, 4}).node("Reshape(t, four) -> s")
        .field(1, TestModel.node("AveragePool(s) -> y", Map.of("kernel_shape", new long[] {1, 1}))).output("y");
    Graph graph = model.load();
    assertTrue(has(graph, Op.ChannelShuffle.class) && !has(graph, Op.Transpose.class));
    assertArrayEquals(new float[] {0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11}, run(graph, 12));
  }

  @Test
  void elementsAreMovedWhereNoViewShowsThem() {
    Graph graph = new TestModel().input("x", 1, 2, 3, 4).node("GlobalMaxPool(x) -> g").node("Add(x, g) -> a")
        .integers("s", 4, 6).node("Reshape(a, s) -> r").node("Softmax(r) -> z").node("Sub(r, z) -> d")
        .node("Add(d, z) -> y")
        .output("y").load();
    float[] y = run(graph, 24);
    for (int i = 0; i < 24; i++) {
      assertEquals(i + (i < 12 ? 11 : 23), y[i], 1e-4);
    }
  }

  @Test
  void shapeArithmeticIsFolded() {
    Graph graph = new TestModel().input("x", 2, 3, 4).node("Shape(x) -> s").integers("zero", 0)
        .node("Gather(s, zero) -> n").integers("rest", -1).node("Concat(n, rest) -> t", "axis", 0L)
        .node("Reshape(x, t) -> y").output("y").load();
    assertEquals(List.of(2, 12), graph.sourceViews().outputs().get(0).shape());
    assertEquals(2, graph.nodes().size());
  }

  @Test
  void operatorsThatNoOutputNeedsMayBeUnknown() {
    Graph graph = new TestModel().input("x", 2).node("Relu(x) -> y").node("NonMaxSuppression(x) -> z").output("y")
        .load();
    assertEquals(2, graph.nodes().size());
  }
}
