package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;

import io.bitwright.ir.rewrite.Rule;
import org.junit.jupiter.api.Test;

class ReshapeRulesTest {
  private static final String HEAD = """
      %x = input : tensor<1x2x3x1 x i8, q(0.5, 3)> "x"
      %a = relu %x {kind=relu, round=tflite} : tensor<1x2x3x1 x i8, q(0.5, 3)> "a" origins=[0]
      """;

  @Test
  void identityReshapeMovesItsOriginsToItsOperand() {
    assertRule(new ElideIdentityReshape()).on(HEAD + """
        %r = reshape %a : tensor<1x2x3x1 x i8, q(0.5, 3)> "r" origins=[1]
        %y = softmax %r {beta=1} : tensor<1x2x3x1 x i8, q(0.00390625, -128)> "y"
        %z = logistic %a : tensor<1x2x3x1 x i8, q(0.00390625, -128)> "z"
        return %z, %y
        """).becomes("""
        %x = input : tensor<1x2x3x1 x i8, q(0.5, 3)> "x"
        %a = relu %x {kind=relu, round=tflite} : tensor<1x2x3x1 x i8, q(0.5, 3)> "a" origins=[0,1]
        %y = softmax %a {beta=1} : tensor<1x2x3x1 x i8, q(0.00390625, -128)> "y"
        %z = logistic %a : tensor<1x2x3x1 x i8, q(0.00390625, -128)> "z"
        return %z, %y
        """);
  }

  @Test
  void anElidedOutputKeepsItsName() {
    assertRule(new ElideIdentityReshape()).on(HEAD + """
        %r = reshape %a : tensor<1x2x3x1 x i8, q(0.5, 3)> "r" origins=[1]
        return %r
        """).becomes("""
        %x = input : tensor<1x2x3x1 x i8, q(0.5, 3)> "x"
        %a = relu %x {kind=relu, round=tflite} : tensor<1x2x3x1 x i8, q(0.5, 3)> "r" origins=[0,1]
        return %a
        """);
  }

  @Test
  void anOutputStaysANodeOfItsOwn() {
    assertRule(new ElideIdentityReshape()).on(HEAD + """
        %r = reshape %a : tensor<1x2x3x1 x i8, q(0.5, 3)>
        return %a, %r
        """).doesNotFire();
    assertRule(new ElideIdentityReshape()).on("""
        %x = input : tensor<1x2 x f32>
        %r = reshape %x : tensor<1x2 x f32>
        return %r
        """).doesNotFire();
  }

  @Test
  void reshapeToAnotherShapeStays() {
    assertRule(new ElideIdentityReshape()).on(HEAD + """
        %r = reshape %a : tensor<1x3x2x1 x i8, q(0.5, 3)>
        return %r
        """).doesNotFire();
  }

  @Test
  void reshapesMerge() {
    assertRule(new MergeReshapes()).on(HEAD + """
        %r = reshape %a : tensor<6 x i8, q(0.5, 3)> "r" origins=[1]
        %s = reshape %r : tensor<1x6 x i8, q(0.5, 3)> "s" origins=[2]
        %t = reshape %s : tensor<2x3 x i8, q(0.5, 3)> "t" origins=[3]
        return %t
        """).becomes("""
        %x = input : tensor<1x2x3x1 x i8, q(0.5, 3)> "x"
        %a = relu %x {kind=relu, round=tflite} : tensor<1x2x3x1 x i8, q(0.5, 3)> "a" origins=[0,1,2]
        %t = reshape %a : tensor<2x3 x i8, q(0.5, 3)> "t" origins=[3]
        return %t
        """);
  }

  @Test
  void aReshapeReadElsewhereStays() {
    assertRule(new MergeReshapes()).on(HEAD + """
        %r = reshape %a : tensor<6 x i8, q(0.5, 3)> "r" origins=[1]
        %s = reshape %r : tensor<1x6 x i8, q(0.5, 3)> "s" origins=[2]
        return %r, %s
        """).doesNotFire();
    assertRule(new ElideReshapeAroundUnary()).on(HEAD + """
        %r = reshape %a : tensor<6 x i8, q(0.5, 3)>
        %l = logistic %r : tensor<6 x i8, q(0.00390625, -128)>
        %s = reshape %l : tensor<1x2x3x1 x i8, q(0.00390625, -128)>
        return %s, %r
        """).doesNotFire();
  }

  /** Origins that arrived in the same sweep, or in one before, are not lost with the node they arrived at. */
  @Test
  void originsAreKeptThroughSeveralRules() {
    Rule both = (node, match) -> new ElideIdentityReshape().apply(node, match)
        .or(() -> new MergeReshapes().apply(node, match));
    assertRule(both).on(HEAD + """
        %q = reshape %a : tensor<6 x i8, q(0.5, 3)> origins=[1]
        %r = reshape %q : tensor<6 x i8, q(0.5, 3)> origins=[2]
        %s = reshape %r : tensor<1x6 x i8, q(0.5, 3)> origins=[3]
        %t = reshape %s : tensor<1x2x3x1 x i8, q(0.5, 3)> origins=[4]
        %l = logistic %t : tensor<1x2x3x1 x i8, q(0.00390625, -128)> origins=[5]
        return %l
        """).becomes("""
        %x = input : tensor<1x2x3x1 x i8, q(0.5, 3)> "x"
        %a = relu %x {kind=relu, round=tflite} : tensor<1x2x3x1 x i8, q(0.5, 3)> "a" origins=[0,1,2,3,4]
        %l = logistic %a : tensor<1x2x3x1 x i8, q(0.00390625, -128)> origins=[5]
        return %l
        """);
  }

  @Test
  void aSingleReshapeStays() {
    assertRule(new MergeReshapes()).on(HEAD + """
        %r = reshape %a : tensor<6 x i8, q(0.5, 3)>
        return %r
        """).doesNotFire();
  }

  @Test
  void reshapesAroundAnElementwiseOperatorMeet() {
    assertRule(new ElideReshapeAroundUnary()).on(HEAD + """
        %r = reshape %a : tensor<6 x i8, q(0.5, 3)> "r" origins=[1]
        %l = logistic %r : tensor<6 x i8, q(0.00390625, -128)> "l" origins=[2]
        %s = reshape %l : tensor<1x2x3x1 x i8, q(0.00390625, -128)> "s" origins=[3]
        return %s
        """).becomes("""
        %x = input : tensor<1x2x3x1 x i8, q(0.5, 3)> "x"
        %a = relu %x {kind=relu, round=tflite} : tensor<1x2x3x1 x i8, q(0.5, 3)> "a" origins=[0,1]
        %l = logistic %a : tensor<1x2x3x1 x i8, q(0.00390625, -128)> "l" origins=[2]
        %s = reshape %l : tensor<1x2x3x1 x i8, q(0.00390625, -128)> "s" origins=[3]
        return %s
        """);
  }

  @Test
  void reshapesAroundOtherOperatorsStay() {
    assertRule(new ElideReshapeAroundUnary()).on(HEAD + """
        %r = reshape %a : tensor<2x3 x i8, q(0.5, 3)>
        %l = softmax %r {beta=1} : tensor<2x3 x i8, q(0.00390625, -128)>
        %s = reshape %l : tensor<1x2x3x1 x i8, q(0.00390625, -128)>
        return %s
        """).doesNotFire();
    assertRule(new ElideReshapeAroundUnary()).on(HEAD + """
        %r = reshape %a : tensor<6 x i8, q(0.5, 3)>
        %l = logistic %r : tensor<6 x i8, q(0.00390625, -128)>
        %s = reshape %l : tensor<1x2x3x1 x i8, q(0.00390625, -128)>
        return %s, %l
        """).doesNotFire();
  }
}
