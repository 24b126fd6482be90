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
  void samplesAndOperatorFilesCoverEveryOperator() {
    TreeSet<String> seen = new TreeSet<>(OperatorFiles.operators());
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

  @Test
  void samePaddingSpansTheDilatedWindow() {
    TestModel m = new TestModel();
    int x = m.tensor("x", TestModel.FLOAT32, 1, 9, 9, 2);
    int w = m.fill(m.tensor("w", TestModel.FLOAT32, 1, 3, 2, 4), new byte[96]);
    int y = m.tensor("y", TestModel.FLOAT32, 1, 9, 9, 4);
    Fields options = SampleNetworks.window(0, 1, 1).with(4, (byte) 1).with(5, 3).with(6, 2);
    m.operator("DEPTHWISE_CONV_2D", TestModel.of(x, w), TestModel.of(y), 2, options);
    assertEquals(
        new Op.DepthwiseConv2d(new Window(3, 2, 1, 1, 2, 3, new Padding(2, 2, 1, 2)), 2,
            new Clamp(0, Double.POSITIVE_INFINITY), Rounding.TFLITE),
        m.ends(TestModel.of(x), TestModel.of(y)).load().outputs().get(0).op());
  }

  private static Shape reshaped(Fields sliceOptions, int begin, int end, int step, int... result) {
    TestModel m = new TestModel();
    int x = m.tensor("x", TestModel.FLOAT32, 5, 1, 2, 3);
    int shape = m.tensor("shape", TestModel.INT32, 4);
    m.operator("SHAPE", TestModel.of(x), TestModel.of(shape), 0, null);
    int slice = m.tensor("slice", TestModel.INT32, result.length);
    m.operator("STRIDED_SLICE", TestModel.of(shape, m.ints("b", begin), m.ints("e", end), m.ints("s", step)),
        TestModel.of(slice), 32, sliceOptions);
    int y = m.tensor("y", TestModel.FLOAT32, result);
    m.operator("RESHAPE", TestModel.of(x, slice), TestModel.of(y), 0, null);
    return m.ends(TestModel.of(x), TestModel.of(y)).load().outputs().get(0).type().shape();
  }

  @Test
  void slicesOfShapesCountFromEitherEnd() {
    assertEquals(Shape.of(3, 2, 1, 5), reshaped(Fields.of().with(1, 1), -1, 0, -1, 3, 2, 1, 5));
    assertEquals(Shape.of(5, 1, 2, 3), reshaped(Fields.of(), -9, 99, 1, 5, 1, 2, 3));
    assertEquals(Shape.of(5, 1, 2, 3), reshaped(Fields.of().with(0, 1).with(1, 1), 3, -3, 1, 5, 1, 2, 3));
    assertEquals(Shape.of(3, 2, 1, 5), reshaped(Fields.of().with(0, 1).with(1, 1), 1, 2, -1, 3, 2, 1, 5));
  }

  @Test
  void aShrinkingSliceTakesOneElementFromEitherEnd() {
    TestModel m = SampleNetworks.int8();
    m.buffers.get(6).with(0, TestModel.bytes(-2));
    assertEquals(Shape.of(1, 1, 4), find(m.load(), "reshaped").type().shape());
    m.buffers.get(6).with(0, TestModel.bytes(-1));
    assertEquals("net.tflite:reshaped: error: operator RESHAPE: its result has shape [1, 1, 4] (must be [4, 1, 1]) [BW0206]",
        m.refusal().get(0));
  }

  @Test
  void squeezeWithoutAListRemovesAllOnes() {
    TestModel m = SampleNetworks.uint8();
    m.operators.get(6).with(3, null).with(4, null);
    assertEquals(Shape.of(3), find(m.load(), "squeezed").type().shape());
  }

  @Test
  void anOldScalarReshapeIsTaken() {
    TestModel m = new TestModel();
    int x = m.tensor("x", TestModel.FLOAT32, 1, 1);
    int y = m.tensor("y", TestModel.FLOAT32);
    m.operator("RESHAPE", TestModel.of(x), TestModel.of(y), 17, Fields.of().with(0, new int[] {0}));
    assertEquals(Shape.of(), m.ends(TestModel.of(x), TestModel.of(y)).load().outputs().get(0).type().shape());
  }

  @Test
  void onlyUnsignedConcatenationsMayRequantise() {
    TestModel m = SampleNetworks.uint8();
    m.quantize(3, new float[] {0.1f}, new long[] {1}, 0);
    assertEquals(128, find(m.load(), "average").type().zeroPoint());
    m.tensors.stream().filter(t -> t.get(1).equals((byte) TestModel.UINT8)).forEach(t -> t.with(1, (byte) TestModel.INT8));
    m.quantize(0, new float[] {.05f}, new long[] {12}, 0);
    m.quantize(1, new float[] {.05f}, new long[] {12}, 0);
    m.quantize(2, new float[] {.05f}, new long[] {12}, 0);
    assertEquals("net.tflite:both: error: tensor 'both': is quantised with scale 0.1, zero point 1, operand 'average' is "
        + "quantised with scale 0.05, zero point 12 (CONCATENATION needs the same) [BW0204]", m.refusal().get(0));
  }
}
