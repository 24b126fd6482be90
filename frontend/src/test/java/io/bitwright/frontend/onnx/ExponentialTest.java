package io.bitwright.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elu and Celu against their formulas in double. */
class ExponentialTest {
  private static final float[] X = {-90, -20, -5, -1.5f, -1, -0.3f, -1e-3f, 0, 1e-3f, 0.5f, 1, 7, 1e6f};

  private static void compare(TestModel model, DoubleUnaryOperator function) {
    Graph graph = model.input("x", X.length).output("y").load();
    for (Graph each : List.of(graph, GraphRun.optimised(graph))) {
      byte[] raw = GraphRun.run(graph, each, List.of(TestModel.raw(X))).get(0);
      for (int i = 0; i < X.length; i++) {
        float y = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).getFloat(4 * i);
        double expected = function.applyAsDouble(X[i]);
        assertEquals(expected, y, 3e-7 * Math.max(1, Math.abs(expected)), "of " + X[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 0.5f, 2, -1.5f, 0})
  void elu(float alpha) {
    compare(new TestModel().node("Elu(x) -> y", "alpha", alpha), x -> x < 0 ? alpha * Math.expm1(x) : x);
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 0.5f, 2})
  void celu(float alpha) {
    compare(new TestModel().opset(12).node("Celu(x) -> y", "alpha", alpha),
        x -> Math.max(x, 0) + Math.min(0, alpha * Math.expm1(x / alpha)));
  }

  @Test
  void alphaDividesInCelu() {
    TestModel model = new TestModel().opset(12).input("x", 2).node("Celu(x) -> y", "alpha", 0f).output("y");
    DiagnosticException e = assertThrows(DiagnosticException.class, model::load);
    assertEquals("y: operator Celu: alpha is 0.0 (must be positive) [BW0202]", e.getMessage().replaceAll("^.*:y: error: ", "y: "));
  }
}
