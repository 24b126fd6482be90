package io.bitwright.ir.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCostTest {
  private static Node node(String name, Op op, TensorType type, Node... operands) {
    return new Node(op, List.of(operands), type, name, SourceLocation.NONE, List.of());
  }

  private static Node constant(String name, Shape shape) {
    TensorData data = TensorData.ofFloats(new float[shape.elements()]);
    return node(name, new Op.Constant(name, data), TensorType.f32(shape));
  }

  /** 4x4x2, a 3x3 convolution to 4x4x3, a depthwise 3x3 at stride 2 to 2x2x3 with the same bias, a dense layer to 5. */
  private static Graph network() {
    Padding same = new Padding(1, 1, 1, 1);
    Node x = node("x", new Op.Input(), TensorType.f32(Shape.of(1, 4, 4, 2)));
    Node bias = constant("b", Shape.of(3));
    Node a = node("a", new Op.Conv2d(Window.of(3, 3, 1, same), 1, Clamp.NONE, Rounding.TFLITE),
        TensorType.f32(Shape.of(1, 4, 4, 3)), x, constant("w0", Shape.of(3, 3, 3, 2)), bias);
    Node b = node("b", new Op.DepthwiseConv2d(Window.of(3, 3, 2, same), 1, Clamp.NONE, Rounding.TFLITE),
        TensorType.f32(Shape.of(1, 2, 2, 3)), a, constant("w1", Shape.of(1, 3, 3, 3)), bias);
    Node flat = node("flat", new Op.Reshape(), TensorType.f32(Shape.of(1, 12)), b);
    Node y = node("y", new Op.FullyConnected(Clamp.NONE, Rounding.TFLITE), TensorType.f32(Shape.of(1, 5)), flat,
        constant("w2", Shape.of(5, 12)));
    return new Graph("small", List.of(x), List.of(y));
  }

  @Test
  void countsEachLayerAndEachConstantOnce() {
    NetworkCost cost = NetworkCost.of(network());
    assertEquals(List.of("conv2d", "depthwise_conv2d", "reshape", "fully_connected"),
        cost.layers().stream().map(LayerCost::op).toList());
    assertEquals(List.of(54L + 3, 27L, 0L, 60L), cost.layers().stream().map(LayerCost::parameters).toList());
    assertEquals(List.of(16L * 3 * 18, 4L * 3 * 9, 0L, 60L), cost.layers().stream().map(LayerCost::macs).toList());
    assertEquals(144, cost.parameters());
    assertEquals(576, cost.weightBytes());
    assertEquals(4L * (32 + 48 + 48 + 12 + 12 + 12 + 12 + 5), cost.trafficBytes());
  }

  @Test
  void constantsOfTheProgramAreWeightsBiasesAndTables() {
    long bytes = ConstantBytes.of(Lowering.lower(network(), new Diagnostics()));
    assertEquals(576 + 4 * 5, bytes);
  }

  @Test
  void anIntegerNetworkHasMultipliersToo() {
    Node x = node("x", new Op.Input(), TensorType.quantized(Shape.of(1, 2), ElementType.I8, 0.5f, 0));
    Node w = node("w", new Op.Constant("w", TensorData.ofBytes((byte) 1, (byte) 2)),
        TensorType.quantized(Shape.of(1, 2), ElementType.I8, 0.25f, 0));
    Node y = node("y", new Op.FullyConnected(Clamp.NONE, Rounding.TFLITE),
        TensorType.quantized(Shape.of(1, 1), ElementType.I8, 0.75f, 3), x, w);
    Graph graph = new Graph("one", List.of(x), List.of(y));
    assertEquals(2, NetworkCost.of(graph).weightBytes());
    assertEquals(true, ConstantBytes.of(Lowering.lower(graph, new Diagnostics())) >= 6);
  }
}
