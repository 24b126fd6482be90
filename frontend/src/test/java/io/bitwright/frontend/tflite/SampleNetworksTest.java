package io.bitwright.frontend.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bitwright.frontend.flatbuffer.FlatWriter.Fields;
import io.bitwright.frontend.tflite.schema.OperatorNames;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What each operator of the samples becomes, attribute by attribute. */
class SampleNetworksTest {
  private static Node find(Graph graph, String name) {
    return graph.nodes().stream().filter(n -> n.name().equals(name)).reduce((a, b) -> b).orElseThrow();
  }

  @Test
  void convolutionsHaveExplicitWindowsAndClamps() {
    Graph g = SampleNetworks.int8().load();
    assertEquals("net", g.name());
    Op.Conv2d conv = (Op.Conv2d) find(g, "conv").op();
    assertEquals(new Window(3, 3, 2, 3, 1, 1, Padding.NONE), conv.window());
    assertEquals(1, conv.groups());
    assertEquals(new Clamp(-128, -8), conv.clamp());
    assertEquals(Rounding.TFLITE, conv.rounding());
    assertEquals(new Quantization.PerAxis(0, List.of(.1f, .2f, .3f, .4f)), find(g, "w0").type().quantization());
    assertEquals(TensorType.plain(Shape.of(4), ElementType.I32), find(g, "b0").type());
    Node depthwise = find(g, "depthwise");
    assertEquals(
        new Op.DepthwiseConv2d(new Window(3, 3, 1, 1, 1, 1, new Padding(1, 1, 1, 1)), 1, Clamp.NONE, Rounding.TFLITE),
        depthwise.op());
    assertEquals(2, depthwise.operands().size());
    assertEquals(3, ((Quantization.PerAxis) find(g, "w1").type().quantization()).axis());
  }

  @Test
  void layoutAndFoldedShapes() {
    Graph g = SampleNetworks.int8().load();
    assertEquals(new Op.Pad(List.of(0, 0, 0, 0), List.of(0, 1, 1, 0)), find(g, "padded").op());
    assertEquals(new Op.Mean(List.of(1, 2), false, Rounding.TFLITE), find(g, "mean").op());
    Node reshaped = find(g, "reshaped");
    assertEquals(List.of(find(g, "mean")), reshaped.operands());
    assertEquals(Shape.of(1, 1, 4), reshaped.type().shape());
    assertEquals(new Op.Softmax(1), g.outputs().get(0).op());
  }

  @Test
  void nodesKnowTheirOperatorAndPlace() {
    Graph g = SampleNetworks.int8().load();
    assertEquals(List.of(1), find(g, "conv").origins());
    assertEquals(List.of(10), g.outputs().get(0).origins());
    assertEquals(List.of(), find(g, "w0").origins());
    assertEquals("net.tflite:conv", find(g, "conv").location().render());
  }

  @Test
  void poolsTakeStridesAndFiltersFromTheRightFields() {
    TestModel m = SampleNetworks.uint8();
    m.operators.get(1).with(4, SampleNetworks.window(0, 1, 2).with(3, 3).with(4, 5));
    m.tensors.get(2).with(0, new int[] {1, 4, 8, 2});
    m.outputs = new int[] {2};
    m.operators.subList(2, m.operators.size()).clear();
    Op.MaxPool2d max = (Op.MaxPool2d) m.load().outputs().get(0).op();
    assertEquals(new Window(5, 3, 2, 1, 1, 1, new Padding(1, 2, 1, 1)), max.window());
  }

  @Test
  void samePaddingPutsTheOddPixelBehind() {
    Graph g = SampleNetworks.uint8().load();
    assertEquals(new Window(3, 3, 2, 2, 1, 1, new Padding(0, 1, 0, 1)), ((Op.MaxPool2d) find(g, "max").op()).window());
    assertEquals(new Window(2, 2, 2, 2, 1, 1, Padding.NONE), ((Op.AveragePool2d) find(g, "average").op()).window());
  }

  @Test
  void fullyConnectedFlattensAndClamps() {
    Graph g = SampleNetworks.uint8().load();
    Node fc = find(g, "fc");
    assertEquals(new Op.FullyConnected(new Clamp(7, 255), Rounding.TFLITE), fc.op());
    assertEquals(new Op.Reshape(), fc.operand(0).op());
    assertEquals(Shape.of(1, 64), fc.operand(0).type().shape());
    assertEquals(List.of(), fc.operand(0).origins());
    assertSame(find(g, "average"), fc.operand(0).operand(0).operand(0));
    assertEquals(new Op.Concat(3), fc.operand(0).operand(0).op());
    assertEquals(TensorType.quantized(Shape.of(3, 64), ElementType.U8, 0.01f, 100), fc.operand(1).type());
    assertEquals(new Op.Relu(Activation.RELU6, Rounding.TFLITE), find(g, "relu").op());
    assertEquals(new Op.Dequantize(), g.outputs().get(0).op());
    assertSame(find(g, "relu"), g.outputs().get(1));
  }

  @Test
  void keepNumDimsReadsTheLastDimension() {
    TestModel m = new TestModel();
    int x = m.tensor("x", TestModel.FLOAT32, 2, 3, 4);
    int w = m.fill(m.tensor("w", TestModel.FLOAT32, 5, 4), new byte[80]);
    int y = m.tensor("y", TestModel.FLOAT32, 2, 3, 5);
    m.operator("FULLY_CONNECTED", TestModel.of(x, w), TestModel.of(y), 8,
        Fields.of().with(2, true));
    Graph g = m.ends(TestModel.of(x), TestModel.of(y)).load();
    assertSame(g.inputs().get(0), g.outputs().get(0).operand(0));
    assertEquals(Shape.of(2, 3, 5), g.outputs().get(0).type().shape());
  }

  @Test
  void groupsFollowFromTheWeights() {
    TestModel m = new TestModel();
    int x = m.tensor("x", TestModel.FLOAT32, 1, 4, 4, 6);
    int w = m.fill(m.tensor("w", TestModel.FLOAT32, 9, 1, 1, 2), new byte[72]);
    int y = m.tensor("y", TestModel.FLOAT32, 1, 4, 4, 9);
    m.operator("CONV_2D", TestModel.of(x, w), TestModel.of(y), 1, SampleNetworks.window(1, 1, 1).with(5, 7).with(4, 3));
    Op.Conv2d conv = (Op.Conv2d) m.ends(TestModel.of(x), TestModel.of(y)).load().outputs().get(0).op();
    assertEquals(3, conv.groups());
    assertEquals(new Window(1, 1, 1, 1, 7, 3, Padding.NONE), conv.window());
  }

  @Test
  void samplesCoverEveryOperatorAndAreValid() {
    TreeSet<String> seen = new TreeSet<>();
    for (TestModel sample : TestModel.samples()) {
      assertEquals(List.of(), GraphVerifier.verify(sample.load()));
      sample.codes.forEach(c -> seen.add(
          OperatorNames.name((Integer) c.get(3))));
    }
    assertEquals(TfliteImporter.operators(), seen);
  }

  @Test
  void operatorCodeIsTheLargerOfItsTwoFields() {
    TestModel old = SampleNetworks.float32();
    old.codes.forEach(c -> c.with(3, null));
    assertEquals(6, old.load().nodes().size());
    TestModel recent = SampleNetworks.float32();
    recent.codes.get(1).with(0, (byte) 3);
    assertEquals(6, recent.load().nodes().size());
  }
}
