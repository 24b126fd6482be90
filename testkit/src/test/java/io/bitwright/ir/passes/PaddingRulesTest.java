package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;

import org.junit.jupiter.api.Test;

class PaddingRulesTest {
  private static final String CONV = """
      %w = constant splat(1) : tensor<2x3x3x1 x i8, q(0.5, 0)>
      """;

  @Test
  void padFoldsIntoConvolution() {
    assertRule(new FoldPadIntoConv()).on("""
        %x = input : tensor<1x4x4x1 x i8, q(0.5, 3)>
        %p = pad %x {before=[0,1,2,0], after=[0,3,1,0]} : tensor<1x8x7x1 x i8, q(0.5, 3)> origins=[0]
        """ + CONV + """
        %y = conv2d %p, %w {pad=[0,1,0,1], clamp=[-3,4], round=single} : tensor<1x7x6x2 x i8, q(0.25, 0)> "y" origins=[1]
        return %y
        """).becomes("""
        %x = input : tensor<1x4x4x1 x i8, q(0.5, 3)>
        """ + CONV + """
        %y = conv2d %x, %w {pad=[1,4,2,2], clamp=[-3,4], round=single} : tensor<1x7x6x2 x i8, q(0.25, 0)> "y" origins=[1]
        return %y
        """);
  }

  @Test
  void padFoldsIntoDepthwiseConvolutionThroughASecondPad() {
    assertRule(new FoldPadIntoConv()).on("""
        %x = input : tensor<1x4x4x2 x i8, q(0.5, 3)>
        %p = pad %x {before=[0,1,0,0], after=[0,0,0,0]} : tensor<1x5x4x2 x i8, q(0.5, 3)>
        %q = pad %p {before=[0,0,1,0], after=[0,0,0,0]} : tensor<1x5x5x2 x i8, q(0.5, 3)>
        %w = constant splat(1) : tensor<1x2x2x2 x i8, q(0.5, 0)>
        %y = depthwise_conv2d %q, %w {round=tflite} : tensor<1x4x4x2 x i8, q(0.25, 0)>
        return %y
        """).becomes("""
        %x = input : tensor<1x4x4x2 x i8, q(0.5, 3)>
        %w = constant splat(1) : tensor<1x2x2x2 x i8, q(0.5, 0)>
        %y = depthwise_conv2d %x, %w {pad=[1,0,1,0], round=tflite} : tensor<1x4x4x2 x i8, q(0.25, 0)>
        return %y
        """);
  }

  @Test
  void padOfChannelsStays() {
    assertRule(new FoldPadIntoConv()).on("""
        %x = input : tensor<1x4x4x1 x i8, q(0.5, 3)>
        %p = pad %x {before=[0,0,0,1], after=[0,0,0,0]} : tensor<1x4x4x2 x i8, q(0.5, 3)>
        %w = constant splat(1) : tensor<2x3x3x2 x i8, q(0.5, 0)>
        %y = conv2d %p, %w {round=tflite} : tensor<1x2x2x2 x i8, q(0.25, 0)>
        return %y
        """).doesNotFire();
  }

  @Test
  void padOfAnotherValueStays() {
    assertRule(new FoldPadIntoConv()).on("""
        %x = input : tensor<1x4x4x1 x i8, q(0.5, 3)>
        %p = pad %x {before=[0,1,1,0], after=[0,1,1,0], value=-128} : tensor<1x6x6x1 x i8, q(0.5, 3)>
        """ + CONV + """
        %y = conv2d %p, %w {round=tflite} : tensor<1x4x4x2 x i8, q(0.25, 0)>
        return %y
        """).doesNotFire();
  }

  @Test
  void padOfImagesStays() {
    assertRule(new FoldPadIntoConv()).on("""
        %x = input : tensor<1x4x4x1 x i8, q(0.5, 3)>
        %p = pad %x {before=[0,0,0,0], after=[1,0,0,0]} : tensor<2x4x4x1 x i8, q(0.5, 3)>
        """ + CONV + """
        %y = conv2d %p, %w {round=tflite} : tensor<2x2x2x2 x i8, q(0.25, 0)>
        return %y
        """).doesNotFire();
  }

  @Test
  void padIntoMaxPoolFoldsWhereItFeedsTheSmallestCode() {
    assertRule(new FoldPadIntoMaxPool()).on("""
        %x = input : tensor<1x4x4x1 x u8, q(0.5, 0)>
        %p = pad %x {before=[0,1,1,0], after=[0,1,1,0]} : tensor<1x6x6x1 x u8, q(0.5, 0)>
        %y = max_pool2d %p {kernel=2x2, stride=2x2, clamp=[1,9]} : tensor<1x3x3x1 x u8, q(0.5, 0)> origins=[4]
        return %y
        """).becomes("""
        %x = input : tensor<1x4x4x1 x u8, q(0.5, 0)>
        %y = max_pool2d %x {kernel=2x2, stride=2x2, pad=[1,1,1,1], clamp=[1,9]} : tensor<1x3x3x1 x u8, q(0.5, 0)> origins=[4]
        return %y
        """);
  }

  @Test
  void padIntoMaxPoolFoldsWhereItsOwnValueIsTheSmallest() {
    for (String[] type : new String[][] {{"i8, q(0.5, 3)", "-128"}, {"u8, q(0.5, 3)", "0"}, {"f32", "-inf"}}) {
      String text = """
          %x = input : tensor<1x4x4x1 x TYPE>
          %p = pad %x {before=[0,1,1,0], after=[0,1,1,0], value=VALUE} : tensor<1x6x6x1 x TYPE>
          %y = max_pool2d %p {kernel=3x3, stride=2x2} : tensor<1x2x2x1 x TYPE>
          return %y
          """.replace("TYPE", type[0]);
      assertRule(new FoldPadIntoMaxPool()).on(text.replace("VALUE", type[1])).becomes("""
          %x = input : tensor<1x4x4x1 x TYPE>
          %y = max_pool2d %x {kernel=3x3, stride=2x2, pad=[1,1,1,1]} : tensor<1x2x2x1 x TYPE>
          return %y
          """.replace("TYPE", type[0]));
      assertRule(new FoldPadIntoMaxPool()).on(text.replace("VALUE", "1")).doesNotFire();
    }
  }

  @Test
  void padIntoMaxPoolStaysWhereItsValueMatters() {
    assertRule(new FoldPadIntoMaxPool()).on("""
        %x = input : tensor<1x4x4x1 x i8, q(0.5, -127)>
        %p = pad %x {before=[0,1,1,0], after=[0,1,1,0]} : tensor<1x6x6x1 x i8, q(0.5, -127)>
        %y = max_pool2d %p {kernel=2x2, stride=2x2} : tensor<1x3x3x1 x i8, q(0.5, -127)>
        return %y
        """).doesNotFire();
    assertRule(new FoldPadIntoMaxPool()).on("""
        %x = input : tensor<1x4x4x1 x f32>
        %p = pad %x {before=[0,1,1,0], after=[0,1,1,0]} : tensor<1x6x6x1 x f32>
        %y = max_pool2d %p {kernel=2x2, stride=2x2} : tensor<1x3x3x1 x f32>
        return %y
        """).doesNotFire();
  }

  @Test
  void padIntoMaxPoolStaysWhereAWindowWouldMissTheImage() {
    for (String sides : new String[] {"before=[0,2,0,0], after=[0,0,0,0]", "before=[0,0,0,0], after=[0,2,0,0]"}) {
      assertRule(new FoldPadIntoMaxPool()).on("""
          %x = input : tensor<1x4x4x1 x i8, q(0.5, -128)>
          %p = pad %x {SIDES} : tensor<1x6x4x1 x i8, q(0.5, -128)>
          %y = max_pool2d %p {kernel=2x2, stride=2x2} : tensor<1x3x2x1 x i8, q(0.5, -128)>
          return %y
          """.replace("SIDES", sides)).doesNotFire();
    }
    for (String sides : new String[] {"before=[0,0,2,0], after=[0,0,0,0]", "before=[0,0,0,0], after=[0,0,2,0]"}) {
      assertRule(new FoldPadIntoMaxPool()).on("""
          %x = input : tensor<1x4x4x1 x i8, q(0.5, -128)>
          %p = pad %x {SIDES} : tensor<1x4x6x1 x i8, q(0.5, -128)>
          %y = max_pool2d %p {kernel=2x2, stride=2x2} : tensor<1x2x3x1 x i8, q(0.5, -128)>
          return %y
          """.replace("SIDES", sides)).doesNotFire();
    }
  }

  @Test
  void padsMergeUnlessTheInnerOneIsReadElsewhere() {
    String both = """
        %x = input : tensor<1x2 x f32>
        %p = pad %x {before=[0,1], after=[1,0]} : tensor<2x3 x f32> origins=[0]
        %q = pad %p {before=[2,0], after=[0,1]} : tensor<4x4 x f32> origins=[1]
        """;
    assertRule(new MergePads()).on(both + "return %q").becomes("""
        %x = input : tensor<1x2 x f32>
        %q = pad %x {before=[2,1], after=[1,1]} : tensor<4x4 x f32> origins=[1]
        return %q
        """);
    assertRule(new MergePads()).on(both + "return %q, %p").doesNotFire();
  }

  @Test
  void padsOfOneValueMerge() {
    String both = """
        %x = input : tensor<1x2 x f32>
        %p = pad %x {before=[0,1], after=[1,0], value=0.5} : tensor<2x3 x f32> origins=[0]
        %q = pad %p {before=[2,0], after=[0,1], value=VALUE} : tensor<4x4 x f32> origins=[1]
        return %q
        """;
    assertRule(new MergePads()).on(both.replace("VALUE", "0.5")).becomes("""
        %x = input : tensor<1x2 x f32>
        %q = pad %x {before=[2,1], after=[1,1], value=0.5} : tensor<4x4 x f32> origins=[1]
        return %q
        """);
    assertRule(new MergePads()).on(both.replace("VALUE", "0")).doesNotFire();
  }
}
