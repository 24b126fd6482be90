package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;

import org.junit.jupiter.api.Test;

class ShuffleRulesTest {
  private static final String HEAD = """
      %x = input : tensor<1x1x1x6 x i8, q(0.5, 3)>
      %w = constant [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15] : tensor<2x1x1x6 x i8, q(axis=0, [0.5, 0.25])> "w"
      %s = channel_shuffle %x {groups=2} : tensor<1x1x1x6 x i8, q(0.5, 3)> "s" origins=[0]
      """;

  @Test
  void denseConvolutionTakesInTheShuffle() {
    assertRule(new FoldShuffleIntoWeights()).on(HEAD + """
        %y = conv2d %s, %w {round=tflite} : tensor<1x1x1x2 x i8, q(0.5, 3)> "y" origins=[1]
        return %y
        """).becomes("""
        %x = input : tensor<1x1x1x6 x i8, q(0.5, 3)>
        %w = constant [0, 2, 4, 1, 3, 5, 10, 12, 14, 11, 13, 15] : tensor<2x1x1x6 x i8, q(axis=0, [0.5, 0.25])> "w"
        %y = conv2d %x, %w {round=tflite} : tensor<1x1x1x2 x i8, q(0.5, 3)> "y" origins=[1]
        return %y
        """);
  }

  @Test
  void matrixProductTakesInTheShuffle() {
    assertRule(new FoldShuffleIntoWeights()).on("""
        %x = input : tensor<1x4 x f32>
        %w = constant [0, 1, 2, 3] : tensor<1x4 x f32> "w"
        %s = channel_shuffle %x {groups=2} : tensor<1x4 x f32>
        %y = fully_connected %s, %w {round=tflite} : tensor<1x1 x f32>
        return %y
        """).becomes("""
        %x = input : tensor<1x4 x f32>
        %w = constant [0, 2, 1, 3] : tensor<1x4 x f32> "w"
        %y = fully_connected %x, %w {round=tflite} : tensor<1x1 x f32>
        return %y
        """);
  }

  @Test
  void groupsAndOtherReadersKeepTheShuffle() {
    FoldShuffleIntoWeights rule = new FoldShuffleIntoWeights();
    assertRule(rule).on(HEAD.replace("2x1x1x6", "2x1x1x3").replace(", 10, 11, 12, 13, 14, 15", "") + """
        %y = conv2d %s, %w {groups=2, round=tflite} : tensor<1x1x1x2 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
    assertRule(rule).on(HEAD + """
        %y = conv2d %s, %w {round=tflite} : tensor<1x1x1x2 x i8, q(0.5, 3)>
        return %y, %s
        """).doesNotFire();
  }
}
