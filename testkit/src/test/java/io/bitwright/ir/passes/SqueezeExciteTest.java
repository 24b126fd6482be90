package io.bitwright.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqueezeExciteTest {
  /** As the MobileNetV3 of Keras writes it. */
  private static final String BLOCK = """
      graph @g {
        %x = input : tensor<1x3x3x8 x f32>
        %w = constant seeded(1) : tensor<2x1x1x8 x f32>
        %v = constant seeded(2) : tensor<8x1x1x2 x f32>
        %three = constant [3] : tensor<1 x f32>
        %sixth = constant [0.16667] : tensor<1 x f32>
        %m = mean %x {axes=[1,2], keep_dims=true, round=tflite} : tensor<1x1x1x8 x f32>
        %r = conv2d %m, %w {round=tflite} : tensor<1x1x1x2 x f32>
        %a = relu %r {kind=relu, round=tflite} : tensor<1x1x1x2 x f32>
        %e = conv2d %a, %v {round=tflite} : tensor<1x1x1x8 x f32>
        %s = add %e, %three {round=tflite} : tensor<1x1x1x8 x f32>
        %c = relu %s {kind=relu6, round=tflite} : tensor<1x1x1x8 x f32>
        %g = mul %c, %sixth {round=tflite} : tensor<1x1x1x8 x f32>
        %y = mul %x, %g {round=tflite} : tensor<1x3x3x8 x f32> "y"
        return %y
      }
      """;

  private static List<String> found(Graph graph) {
    return SqueezeExcite.in(graph).stream().map(block -> block.product().name()).toList();
  }

  @Test
  void blockIsFoundOnceItsGateIsRecognised() {
    Graph graph = GraphParser.parse(BLOCK);
    assertEquals(List.of(), found(graph));
    assertEquals(List.of("y"), found(StandardPipeline.create().run(graph)));
    Graph turned = GraphParser.parse(BLOCK.replace("mul %x, %g", "mul %g, %x"));
    assertEquals(List.of("y"), found(StandardPipeline.create().run(turned)));
  }

  @Test
  void whatScalesAnotherTensorIsNoBlock() {
    String other = BLOCK.replace("%w = ", "%z = input : tensor<1x3x3x8 x f32>\n  %w = ").replace("mul %x, %g", "mul %z, %g");
    assertEquals(List.of(), found(StandardPipeline.create().run(GraphParser.parse(other))));
    String rows = """
        graph @g {
          %x = input : tensor<1x3x3x2 x f32>
          %w = constant seeded(1) : tensor<2x2 x f32>
          %m = mean %x {axes=[1], keep_dims=true, round=tflite} : tensor<1x1x3x2 x f32>
          %r = fully_connected %m, %w {clamp=[0,inf], round=tflite} : tensor<1x1x3x2 x f32>
          %e = fully_connected %r, %w {round=tflite} : tensor<1x1x3x2 x f32>
          %g = logistic %e : tensor<1x1x3x2 x f32>
          %y = mul %x, %g {round=tflite} : tensor<1x3x3x2 x f32> "y"
          return %y
        }
        """;
    assertEquals(List.of(), found(GraphParser.parse(rows)));
    String global = rows.replace("axes=[1]", "axes=[1,2]").replace("1x1x3x2", "1x1x1x2");
    assertEquals(List.of("y"), found(GraphParser.parse(global)));
  }
}
