package io.bitwright.frontend.quantise;

import static io.bitwright.frontend.quantise.QuantisedText.node;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerTensor;
import org.junit.jupiter.api.Test;

/** Functions of two tensors take their integer forms, and quotients stay between reals. */
class ElementwiseQuantisationTest {
  private static Graph quantise(String statements, float... frame) {
    return QuantisedText.quantise(QuantizationSettings.PLAIN, statements, frame);
  }

  private static long dequantisations(Graph graph) {
    return graph.nodes().stream().filter(n -> n.op() instanceof Op.Dequantize).count();
  }

  @Test
  void theSmallerOfATensorAndAVectorIsOneOfCodes() {
    Graph graph = quantise("""
        %x = input : tensor<1x1x2x3 x f32>
        %c = constant [1, 2, 9] : tensor<3 x f32>
        %y = elementwise %x, %c {function=min, round=tflite} : tensor<1x1x2x3 x f32>
        return %y""", 0, 1, 2.55f, 2, 0, 1);
    Node y = node(graph, "y");
    assertEquals(0, dequantisations(graph));
    assertEquals(node(graph, "x").type().quantization(), y.type().quantization());
    assertEquals(y.type().quantization(), y.operand(1).type().quantization());
    assertArrayEquals(new long[] {-28, 72, 127}, y.operand(1).constant().codes(), "9 is beyond the largest code");
  }

  @Test
  void differencesAndSlopesAreOfCodes() {
    Graph graph = quantise("""
        %x = input : tensor<1x1x1x2 x f32>
        %c = constant [-0.5, 2] : tensor<2 x f32>
        %s = constant [0.25] : tensor<1 x f32>
        %d = elementwise %x, %c {function=sub, clamp=[0,1], round=tflite} : tensor<1x1x1x2 x f32>
        %y = elementwise %d, %s {function=prelu, round=tflite} : tensor<1x1x1x2 x f32>
        return %y""", 0.3f, 2.5f);
    assertEquals(0, dequantisations(graph));
    assertEquals(new Clamp(-128, 127), ((Op.Elementwise) node(graph, "d").op()).clamp(), "0 and 1 as codes");
    assertEquals(Clamp.NONE, ((Op.Elementwise) node(graph, "y").op()).clamp());
  }

  @Test
  void logarithmsOfProbabilitiesAreOfCodes() {
    Graph graph = quantise("""
        %x = input : tensor<1x3 x f32>
        %y = log_softmax %x : tensor<1x3 x f32>
        return %y""", 1, -2, 3);
    assertEquals(0, dequantisations(graph));
    assertEquals(new PerTensor(1f / 16, 127), node(graph, "y").type().quantization());
  }

  @Test
  void indicesOfTheLargestStayIndices() {
    Graph graph = quantise("""
        %x = input : tensor<1x2x1x3 x f32>
        %y = arg_max %x {last=false} : tensor<1x2x1 x i32>
        return %y""", 1, -2, 3, 0, 5, 1);
    assertEquals(ElementType.I8, node(graph, "y").operand(0).type().element());
    assertEquals(ElementType.I32, node(graph, "y").type().element());
  }

  @Test
  void quotientsStayBetweenReals() {
    Graph graph = quantise("""
        %x = input : tensor<1x1x1x2 x f32>
        %a = unary %x {function=abs, round=tflite} : tensor<1x1x1x2 x f32>
        %y = elementwise %x, %a {function=div, round=tflite} : tensor<1x1x1x2 x f32>
        return %y""", 1, -2);
    assertEquals(2, dequantisations(graph));
    assertEquals(Op.Quantize.class, node(graph, "y").op().getClass());
    assertEquals(Op.Unary.class, node(graph, "a").op().getClass());
  }
}
