package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;

import org.junit.jupiter.api.Test;

class ConstantRulesTest {
  private static final String INPUT = "%x = input : tensor<1x2 x i8, q(0.5, 3)>\n";

  @Test
  void equalConstantsBecomeTheFirst() {
    assertRule(new ShareConstants()).on(INPUT + """
        %a = constant [1, 2] : tensor<1x2 x i8, q(0.5, 3)> "a"
        %b = constant [1, 2] : tensor<1x2 x i8, q(0.5, 3)> "b"
        %s = add %x, %a {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        %y = mul %s, %b {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """).becomes(INPUT + """
        %a = constant [1, 2] : tensor<1x2 x i8, q(0.5, 3)> "a"
        %s = add %x, %a {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        %y = mul %s, %a {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """);
  }

  @Test
  void constantsOfOtherTypesOrContentsStay() {
    for (String other : new String[] {"[1, 3] : tensor<1x2 x i8, q(0.5, 3)>", "[1, 2] : tensor<1x2 x i8, q(0.5, 4)>",
        "[1, 2] : tensor<2 x i8, q(0.5, 3)>"}) {
      assertRule(new ShareConstants()).on(INPUT + """
          %a = constant [1, 2] : tensor<1x2 x i8, q(0.5, 3)>
          %b = constant OTHER
          %s = add %x, %a {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
          %y = mul %s, %b {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
          return %y
          """.replace("OTHER", other)).doesNotFire();
    }
  }

  @Test
  void reshapeOfAConstantFolds() {
    assertRule(new FoldConstantReshape()).on(INPUT + """
        %c = constant [1, 2] : tensor<2 x i8, q(0.5, 3)> "c"
        %r = reshape %c : tensor<1x2 x i8, q(0.5, 3)> "r" origins=[0]
        %y = add %x, %r {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """).becomes(INPUT + """
        %r = constant [1, 2] : tensor<1x2 x i8, q(0.5, 3)> "r" origins=[0]
        %y = add %x, %r {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """);
  }

  @Test
  void aConstantOutputStaysComputed() {
    assertRule(new FoldConstantReshape()).on("""
        %c = constant [1, 2] : tensor<2 x i8, q(0.5, 3)>
        %r = reshape %c : tensor<1x2 x i8, q(0.5, 3)>
        return %r
        """).doesNotFire();
    assertRule(new FoldConstantReshape()).on(INPUT + """
        %r = reshape %x : tensor<2 x i8, q(0.5, 3)>
        return %r
        """).doesNotFire();
  }

  @Test
  void padOfAConstantFeedsTheZeroPoint() {
    assertRule(new FoldConstantPad()).on(INPUT + """
        %c = constant [1, 2] : tensor<2x1 x i8, q(0.5, 3)> "c"
        %p = pad %c {before=[1,0], after=[0,1]} : tensor<3x2 x i8, q(0.5, 3)> "p"
        %y = add %x, %p {round=tflite} : tensor<3x2 x i8, q(0.5, 3)>
        return %y
        """).becomes(INPUT + """
        %p = constant [3, 3, 1, 3, 2, 3] : tensor<3x2 x i8, q(0.5, 3)> "p"
        %y = add %x, %p {round=tflite} : tensor<3x2 x i8, q(0.5, 3)>
        return %y
        """);
    assertRule(new FoldConstantPad()).on("""
        %x = input : tensor<3x2 x f32>
        %c = constant [1, 2] : tensor<2x1 x f32> "c"
        %p = pad %c {before=[0,1], after=[1,0]} : tensor<3x2 x f32> "p"
        %y = add %x, %p {round=tflite} : tensor<3x2 x f32>
        return %y
        """).becomes("""
        %x = input : tensor<3x2 x f32>
        %p = constant [0, 1, 0, 2, 0, 0] : tensor<3x2 x f32> "p"
        %y = add %x, %p {round=tflite} : tensor<3x2 x f32>
        return %y
        """);
  }

  @Test
  void aLargePadOfAConstantStays() {
    assertRule(new FoldConstantPad()).on("""
        %x = input : tensor<1x1 x i8, q(0.5, 3)>
        %c = constant [1] : tensor<1x1 x i8, q(0.5, 3)>
        %p = pad %c {before=[0,0], after=[0,70000]} : tensor<1x70001 x i8, q(0.5, 3)>
        %y = add %x, %p {round=tflite} : tensor<1x70001 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
  }

  @Test
  void functionOfAConstantFolds() {
    assertRule(new FoldConstantUnary()).on("""
        %x = input : tensor<1x3 x u8, q(0.5, 3)>
        %c = constant [0, 5, 255] : tensor<1x3 x u8, q(0.5, 3)> "c"
        %r = relu %c {kind=relu6, round=tflite} : tensor<1x3 x u8, q(0.5, 3)> "r"
        %y = add %x, %r {round=tflite} : tensor<1x3 x u8, q(0.5, 3)>
        return %y
        """).becomes("""
        %x = input : tensor<1x3 x u8, q(0.5, 3)>
        %r = constant [3, 5, 15] : tensor<1x3 x u8, q(0.5, 3)> "r"
        %y = add %x, %r {round=tflite} : tensor<1x3 x u8, q(0.5, 3)>
        return %y
        """);
    assertRule(new FoldConstantUnary()).on("""
        %x = input : tensor<1x3 x u8, q(0.5, 3)>
        %r = relu %x {kind=relu6, round=tflite} : tensor<1x3 x u8, q(0.5, 3)>
        return %r
        """).doesNotFire();
  }
}
