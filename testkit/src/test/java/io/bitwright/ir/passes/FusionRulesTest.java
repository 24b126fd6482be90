package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;

import org.junit.jupiter.api.Test;

class FusionRulesTest {
  private static final String ADD = """
      %x = input : tensor<1x2 x i8, q(0.5, 3)>
      %a = add %x, %x {clamp=[-50,10], round=tflite} : tensor<1x2 x i8, q(0.5, 3)> "a" origins=[0]
      """;

  @Test
  void activationFusesIntoTheClampOfItsProducer() {
    assertRule(new FuseActivation()).on(ADD + """
        %r = relu %a {kind=relu6, round=tflite} : tensor<1x2 x i8, q(0.5, 3)> "r" origins=[1]
        return %r
        """).becomes("""
        %x = input : tensor<1x2 x i8, q(0.5, 3)>
        %r = add %x, %x {clamp=[3,10], round=tflite} : tensor<1x2 x i8, q(0.5, 3)> "r" origins=[1]
        return %r
        """);
  }

  @Test
  void disjointLimitsAreAppliedOneAfterTheOther() {
    assertRule(new FuseActivation()).on("""
        %x = input : tensor<1x2 x f32>
        %a = mul %x, %x {clamp=[-9,-2], round=tflite} : tensor<1x2 x f32>
        %r = relu %a {kind=relu_n1_to_1, round=tflite} : tensor<1x2 x f32>
        return %r
        """).becomes("""
        %x = input : tensor<1x2 x f32>
        %r = mul %x, %x {clamp=[-1,-1], round=tflite} : tensor<1x2 x f32>
        return %r
        """);
  }

  @Test
  void everyOperatorWithAClampTakesTheActivation() {
    String[] producers = {
        "conv2d %x, %w {round=tflite,", "depthwise_conv2d %x, %w {round=tflite,", "average_pool2d %x {kernel=1x1,",
        "max_pool2d %x {kernel=1x1,", "add %x, %x {round=tflite,", "mul %x, %x {round=tflite,"};
    for (String producer : producers) {
      String head = """
          %x = input : tensor<1x1x1x1 x i8, q(0.5, 3)>
          %w = constant [1] : tensor<1x1x1x1 x i8, q(0.5, 0)>
          """;
      assertRule(new FuseActivation()).on(head + "%a = " + producer + """
           clamp=[-100,-50]} : tensor<1x1x1x1 x i8, q(0.5, 3)>
          %r = relu %a {kind=relu, round=tflite} : tensor<1x1x1x1 x i8, q(0.5, 3)>
          return %r
          """).becomes(head + "%a = " + producer + " clamp=[3,3]} : tensor<1x1x1x1 x i8, q(0.5, 3)>\nreturn %a");
    }
    assertRule(new FuseActivation()).on("""
        %x = input : tensor<1x1 x f32>
        %w = constant [1] : tensor<1x1 x f32>
        %a = fully_connected %x, %w {clamp=[-9,-2], round=tflite} : tensor<1x1 x f32>
        %r = relu %a {kind=relu, round=tflite} : tensor<1x1 x f32>
        return %r
        """).becomes("""
        %x = input : tensor<1x1 x f32>
        %w = constant [1] : tensor<1x1 x f32>
        %a = fully_connected %x, %w {clamp=[0,0], round=tflite} : tensor<1x1 x f32>
        return %a
        """);
  }

  @Test
  void activationOfAnotherTypeStays() {
    assertRule(new FuseActivation()).on(ADD + """
        %r = relu %a {kind=relu, round=tflite} : tensor<1x2 x i8, q(0.25, 3)>
        return %r
        """).doesNotFire();
  }

  @Test
  void activationOfWhatIsReadElsewhereStays() {
    assertRule(new FuseActivation()).on(ADD + """
        %r = relu %a {kind=relu, round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %r, %a
        """).doesNotFire();
    assertRule(new FuseActivation()).on(ADD + """
        %r = relu %a {kind=relu, round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        %s = add %r, %a {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %s
        """).doesNotFire();
  }

  @Test
  void activationOfWhatHasNoClampStays() {
    assertRule(new FuseActivation()).on("""
        %x = input : tensor<1x2 x i8, q(0.5, 3)>
        %r = relu %x {kind=relu, round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %r
        """).doesNotFire();
  }

  @Test
  void concatOfOneTensorIsThatTensor() {
    assertRule(new ElideSingleConcat()).on(ADD + """
        %c = concat %a {axis=1} : tensor<1x2 x i8, q(0.5, 3)> "c" origins=[1]
        return %c
        """).becomes("""
        %x = input : tensor<1x2 x i8, q(0.5, 3)>
        %a = add %x, %x {clamp=[-50,10], round=tflite} : tensor<1x2 x i8, q(0.5, 3)> "c" origins=[0,1]
        return %a
        """);
    assertRule(new ElideSingleConcat()).on(ADD + """
        %c = concat %a, %x {axis=1} : tensor<1x4 x i8, q(0.5, 3)>
        return %c
        """).doesNotFire();
    assertRule(new ElideSingleConcat()).on("""
        %x = input : tensor<1x2 x u8, q(0.5, 3)>
        %c = concat %x {axis=1} : tensor<1x2 x u8, q(0.25, 3)>
        %r = relu %c {kind=relu, round=tflite} : tensor<1x2 x u8, q(0.25, 3)>
        return %r
        """).doesNotFire();
  }

  @Test
  void nestedConcatsOfTheSameAxisFlatten() {
    assertRule(new FlattenConcat()).on(ADD + """
        %c = concat %a, %x {axis=1} : tensor<1x4 x i8, q(0.5, 3)> origins=[1]
        %d = concat %x, %c, %a {axis=1} : tensor<1x8 x i8, q(0.5, 3)> origins=[2]
        return %d
        """).becomes(ADD + """
        %d = concat %x, %a, %x, %a {axis=1} : tensor<1x8 x i8, q(0.5, 3)> origins=[2]
        return %d
        """);
  }

  @Test
  void otherNestedConcatsStay() {
    assertRule(new FlattenConcat()).on(ADD + """
        %c = concat %a, %x {axis=1} : tensor<1x4 x i8, q(0.5, 3)>
        %e = concat %x, %a {axis=1} : tensor<1x4 x i8, q(0.5, 3)>
        %d = concat %c, %e {axis=0} : tensor<2x4 x i8, q(0.5, 3)>
        return %d
        """).doesNotFire();
    assertRule(new FlattenConcat()).on(ADD + """
        %c = concat %a, %x {axis=1} : tensor<1x4 x i8, q(0.5, 3)>
        %d = concat %c, %c {axis=1} : tensor<1x8 x i8, q(0.5, 3)>
        return %d
        """).doesNotFire();
    assertRule(new FlattenConcat()).on(ADD + """
        %c = concat %a, %x {axis=1} : tensor<1x4 x i8, q(0.5, 3)>
        %d = concat %c, %a {axis=1} : tensor<1x6 x i8, q(0.5, 3)>
        return %d, %c
        """).doesNotFire();
    assertRule(new FlattenConcat()).on("""
        %x = input : tensor<1x2 x u8, q(0.5, 3)>
        %c = concat %x, %x {axis=1} : tensor<1x4 x u8, q(0.5, 3)>
        %d = concat %c, %x {axis=1} : tensor<1x6 x u8, q(0.25, 3)>
        return %d
        """).doesNotFire();
  }
}
