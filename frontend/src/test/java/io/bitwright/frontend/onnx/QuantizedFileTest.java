package io.bitwright.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.onnx.TestModel.Message;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.op.Op;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Quantised operators, with quantisations around them or with scales as operands, become integer ones. */
class QuantizedFileTest {
  private static final int UINT8 = 2;
  private static final int INT8 = 3;
  private static final int INT32 = 6;

  private static Message codes(String name, int type, long[] dims, int... values) {
    Message tensor = TestModel.tensor(name, type, dims);
    for (int value : values) {
      tensor.integer(5, value);
    }
    return tensor;
  }

  /** x in [0, 25.5] as uint8 with scale 0.1; weights int8, a scale each; y as uint8 with zero point 3. */
  private static TestModel base() {
    return new TestModel().input("x", 1, 2, 2, 2).reals("xs", new long[0], 0.1f).field(5,
        codes("xz", UINT8, new long[0], 0))
        .field(5, codes("w", INT8, new long[] {2, 2, 1, 1}, 10, -20, 30, 7)).reals("ws", new long[] {2}, 0.5f, 0.25f)
        .field(5, codes("wz", INT8, new long[] {2}, 0, 0)).field(5, codes("b", INT32, new long[] {2}, 40, -16))
        .reals("ys", new long[0], 0.9f).field(5, codes("yz", UINT8, new long[0],
            3)).node("QuantizeLinear(x, xs, xz) -> q");
  }

  private static TestModel pairs() {
    return base().reals("bs", new long[] {2}, 0.05f, 0.025f).node("DequantizeLinear(q, xs, xz) -> d")
        .field(1, TestModel.node("DequantizeLinear(w, ws, wz) -> v", Map.of("axis", 0L)))
        .field(1, TestModel.node("DequantizeLinear(b, bs) -> c", Map.of("axis", 0L))).node("Conv(d, v, c) -> f")
        .node("Relu(f) -> r").node("QuantizeLinear(r, ys, yz) -> p").node("DequantizeLinear(p, ys, yz) -> y")
        .output("y");
  }

  private static byte[] run(Graph graph) {
    assertEquals(List.of(), GraphVerifier.verify(graph).stream().map(d -> d.message()).toList());
    return GraphRun.run(graph, List.of(TestModel.raw(1, 2, 3, 4.04f, 0.26f, 1.5f, 20, 0.25f))).get(0);
  }

  @Test
  void operatorBetweenQuantisationsIsOneOfIntegers() {
    Graph graph = pairs().load();
    assertTrue(graph.nodes().stream().noneMatch(n -> n.op() instanceof Op.Relu));
    assertEquals(1, graph.nodes().stream().filter(n -> n.op() instanceof Op.Conv2d && !n.type().isFloat()).count());
    int[] first = {10, 20, 30, 40};
    int[] second = {3, 15, 200, 2}; // 0.26 / 0.1 is 2.6; 0.25 / 0.1 is 2.5, which goes to 2
    float[] expected = new float[8];
    for (int i = 0; i < 4; i++) {
      expected[i] = code((10 * first[i] - 20 * second[i] + 40) * 0.1 * 0.5);
      expected[4 + i] = code((30 * first[i] + 7 * second[i] - 16) * 0.1 * 0.25);
    }
    assertArrayEquals(TestModel.raw(expected), run(graph));
  }

  private static float code(double real) {
    return code(real, 3);
  }

  private static float code(double real, int least) {
    long code = (long) Math.max(least, Math.min(255, Math.rint(real / 0.9f) + 3));
    return 0.9f * (code - 3);
  }

  @Test
  void scalesAsOperandsMeanTheSame() {
    Graph graph = base().node("QLinearConv(q, xs, xz, w, ws, wz, ys, yz, b) -> p")
        .node("DequantizeLinear(p, ys, yz) -> f")
        .node("Relu(f) -> y").output("y").load();
    assertTrue(graph.nodes().stream().anyMatch(n -> n.op() instanceof Op.Conv2d && !n.type().isFloat()));
    assertArrayEquals(run(pairs().load()), run(graph));
  }

  @Test
  void sumsOfTheOtherDomainAreTaken() {
    Graph graph = base().field(1, TestModel.node("QLinearAdd(q, xs, xz, q, xs, xz, ys, yz) -> p", Map.of())
        .text(7, "com.microsoft")).node("DequantizeLinear(p, ys, yz) -> y").output("y").load();
    assertTrue(graph.nodes().stream().anyMatch(n -> n.op() instanceof Op.Add && !n.type().isFloat()));
    float[] expected = {2, 4, 7, 9, 1, 3, 44, 0};
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= 0.9f;
    }
    assertArrayEquals(TestModel.raw(expected), run(graph));
  }

  /** Where unsigned codes become signed, because weights are, the code of a padding does so too. */
  @Test
  void paddingWithACodeFollowsTheKindOfCodes() {
    Graph graph = base().integers("pads", 0, 0, 0, 0, 0, 0, 0, 1).field(5, codes("pv", UINT8, new long[0], 7))
        .node("Pad(q, pads, pv) -> p").node("QLinearConv(p, xs, xz, w, ws, wz, ys, yz, b) -> c")
        .node("DequantizeLinear(c, ys, yz) -> y").output("y").load();
    byte[] raw = run(graph);
    assertEquals(12 * Float.BYTES, raw.length);
    ByteBuffer reals = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < 2; row++) {
      assertEquals(code((10 * 7 - 20 * 7 + 40) * 0.1 * 0.5, 0), reals.getFloat(4 * (3 * row + 2)));
      assertEquals(code((30 * 7 + 7 * 7 - 16) * 0.1 * 0.25, 0), reals.getFloat(4 * (6 + 3 * row + 2)));
    }
  }

  @Test
  void otherScalesThanThoseOfTheQuantisationAreRefused() {
    TestModel model = base().node("DequantizeLinear(q, ys, xz) -> y").output("y");
    assertEquals("operator DequantizeLinear: its scale and zero point are not those that its operand was quantised "
        + "with",
        assertThrows(DiagnosticException.class, model::load).diagnostics().get(0).message());
  }
}
