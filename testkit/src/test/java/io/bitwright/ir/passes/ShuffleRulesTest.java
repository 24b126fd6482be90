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

  private static final String CONCAT = """
      %x = input : tensor<1x1x1x2 x i8, q(0.5, 3)>
      %z = input : tensor<1x1x1x2 x i8, q(0.5, 3)>
      %c = concat %x, %z {axis=3} : tensor<1x1x1x4 x i8, q(0.5, 3)> "c" origins=[0]
      """;

  @Test
  void partsOfAShuffledConcatTakeTurns() {
    assertRule(new FoldShuffleIntoConcat()).on(CONCAT + """
        %y = channel_shuffle %c {groups=2} : tensor<1x1x1x4 x i8, q(0.5, 3)> "y" origins=[1]
        return %y
        """).becomes("""
        %x = input : tensor<1x1x1x2 x i8, q(0.5, 3)>
        %z = input : tensor<1x1x1x2 x i8, q(0.5, 3)>
        %y = concat %x, %z {axis=3, interleaved=true} : tensor<1x1x1x4 x i8, q(0.5, 3)> "y" origins=[1]
        return %y
        """);
  }

  @Test
  void otherGroupsAndReadersKeepTheConcat() {
    FoldShuffleIntoConcat rule = new FoldShuffleIntoConcat();
    String shuffle = "%y = channel_shuffle %c {groups=2} : tensor<1x1x1x4 x i8, q(0.5, 3)>\n";
    assertRule(rule).on(CONCAT + shuffle + "return %y, %c\n").doesNotFire();
    assertRule(rule).on(CONCAT + shuffle.replace("groups=2", "groups=4") + "return %y\n").doesNotFire();
    assertRule(rule).on(CONCAT.replace("%z = input : tensor<1x1x1x2", "%z = input : tensor<1x1x1x4").replace("1x1x1x4 x i8, q(0.5, 3)> \"c\"",
        "1x1x1x6 x i8, q(0.5, 3)> \"c\"") + shuffle.replace("1x1x1x4", "1x1x1x6") + "return %y\n").doesNotFire();
    assertRule(rule).on(CONCAT.replace("{axis=3}", "{axis=3, interleaved=true}") + shuffle + "return %y\n").doesNotFire();
  }

  private static final String DENSE = """
      %x = input : tensor<1x1x1x2 x i8, q(0.5, 3)>
      %w = constant [0, 1, 10, 11, 20, 21, 30, 31] : tensor<4x1x1x2 x i8, q(axis=0, [1, 2, 3, 4])> "w"
      %b = constant [5, 6, 7, 8] : tensor<4 x i32> "b"
      %c = conv2d %x, %w, %b {round=tflite} : tensor<1x1x1x4 x i8, q(0.5, 3)> "c" origins=[0]
      """;

  @Test
  void denseConvolutionHasItsFiltersInTheShuffledOrder() {
    assertRule(new FoldShuffleIntoFilters()).on(DENSE + """
        %y = channel_shuffle %c {groups=2} : tensor<1x1x1x4 x i8, q(0.5, 3)> "y" origins=[1]
        return %y
        """).becomes("""
        %x = input : tensor<1x1x1x2 x i8, q(0.5, 3)>
        %w = constant [0, 1, 20, 21, 10, 11, 30, 31] : tensor<4x1x1x2 x i8, q(axis=0, [1, 3, 2, 4])> "w"
        %b = constant [5, 7, 6, 8] : tensor<4 x i32> "b"
        %y = conv2d %x, %w, %b {round=tflite} : tensor<1x1x1x4 x i8, q(0.5, 3)> "y" origins=[1]
        return %y
        """);
  }

  @Test
  void groupsAndOtherReadersKeepTheirFilters() {
    FoldShuffleIntoFilters rule = new FoldShuffleIntoFilters();
    String shuffle = "%y = channel_shuffle %c {groups=2} : tensor<1x1x1x4 x i8, q(0.5, 3)>\n";
    assertRule(rule).on(DENSE + shuffle + "return %y, %c\n").doesNotFire();
    assertRule(rule).on(DENSE.replace("[0, 1, 10, 11, 20, 21, 30, 31] : tensor<4x1x1x2", "[0, 1, 2, 3] : tensor<4x1x1x1")
        .replace("%b {", "%b {groups=2, ") + shuffle + "return %y\n").doesNotFire();
  }

  private static final String DEPTHWISE = """
      %x = input : tensor<1x2x2x6 x i8, q(0.5, 3)>
      %w = constant [0, 1, 2, 3, 4, 5] : tensor<1x1x1x6 x i8, q(axis=3, [1, 2, 3, 4, 5, 6])> "w"
      %b = constant [10, 11, 12, 13, 14, 15] : tensor<6 x i32> "b"
      %s = channel_shuffle %x {groups=2} : tensor<1x2x2x6 x i8, q(0.5, 3)> "s" origins=[0]
      %y = depthwise_conv2d %s, %w, %b {stride=2x2, round=tflite} : tensor<1x1x1x6 x i8, q(0.5, 3)> "y" origins=[1]
      """;

  @Test
  void depthwiseConvolutionComesBeforeTheShuffle() {
    assertRule(new MoveShuffleBehindDepthwise()).on(DEPTHWISE + "return %y\n").becomes("""
        %x = input : tensor<1x2x2x6 x i8, q(0.5, 3)>
        %w = constant [0, 2, 4, 1, 3, 5] : tensor<1x1x1x6 x i8, q(axis=3, [1, 3, 5, 2, 4, 6])> "w"
        %b = constant [10, 12, 14, 11, 13, 15] : tensor<6 x i32> "b"
        %d = depthwise_conv2d %x, %w, %b {stride=2x2, round=tflite} : tensor<1x1x1x6 x i8, q(0.5, 3)> "y/unshuffled"
        %y = channel_shuffle %d {groups=2} : tensor<1x1x1x6 x i8, q(0.5, 3)> "y" origins=[1]
        return %y
        """);
  }

  @Test
  void shuffleStaysWhereItIsReadTwiceOrWouldMoveMore() {
    MoveShuffleBehindDepthwise rule = new MoveShuffleBehindDepthwise();
    assertRule(rule).on(DEPTHWISE + "return %y, %s\n").doesNotFire();
    assertRule(rule).on(DEPTHWISE.replace("stride=2x2", "pad=[1,0,0,0]").replace("tensor<1x1x1x6 x i8, q(0.5, 3)> \"y\"",
        "tensor<1x3x2x6 x i8, q(0.5, 3)> \"y\"") + "return %y\n").doesNotFire();
    assertRule(rule).on(DEPTHWISE.replace("x1x6 x i8, q(axis=3, [1, 2, 3, 4, 5, 6])", "x1x12 x i8, q(0.5, 0)")
        .replace("[0, 1, 2, 3, 4, 5]", "seeded(1)").replace("[10, 11, 12, 13, 14, 15] : tensor<6", "seeded(2) : tensor<12")
        .replace("stride=2x2", "stride=2x2, multiplier=2").replace("tensor<1x1x1x6 x i8, q(0.5, 3)> \"y\"",
            "tensor<1x1x1x12 x i8, q(0.5, 3)> \"y\"") + "return %y\n").doesNotFire();
  }
}
