package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;

import org.junit.jupiter.api.Test;

class RecognitionRulesTest {
  private static final String X = "%x = input : tensor<1x2 x f32>\n";
  private static final String THREE = X + """
      %three = constant [3] : tensor<1 x f32>
      %six = constant [0.16667] : tensor<f32>
      """;
  private static final String SUM = THREE + "%s = add %x, %three {round=tflite} : tensor<1x2 x f32>\n";
  private static final String GATE = SUM + "%c = clip %s {limits=[0,6], round=tflite} : tensor<1x2 x f32>\n";

  private static String product(String a, String b, String name) {
    return "%" + name + " = mul %" + a + ", %" + b + " {round=tflite} : tensor<1x2 x f32> \"" + name + "\" origins=[9]\n";
  }

  private static String result(String mnemonic) {
    return X + "%y = " + mnemonic + " %x : tensor<1x2 x f32> \"y\" origins=[9]\nreturn %y";
  }

  @Test
  void writtenOutHardSigmoidBecomesOne() {
    assertRule(new RecogniseHardSigmoid()).on(GATE + product("c", "six", "y") + "return %y")
        .becomes(result("hard_sigmoid"));
    assertRule(new RecogniseHardSigmoid()).on(SUM + "%c = relu %s {kind=relu6, round=tflite} : tensor<1x2 x f32>\n"
        + product("six", "c", "y") + "return %y").becomes(result("hard_sigmoid"));
    assertRule(new RecogniseHardSigmoid()).on(THREE
        + "%c = add %three, %x {clamp=[0,6], round=tflite} : tensor<1x2 x f32>\n"
        + product("six", "c", "y") + "return %y").becomes(result("hard_sigmoid"));
  }

  @Test
  void whatIsNearlyAHardSigmoidStays() {
    RecogniseHardSigmoid rule = new RecogniseHardSigmoid();
    String good = GATE + product("c", "six", "y") + "return %y";
    assertRule(rule).on(good.replace("[0.16667]", "[0.2]")).doesNotFire();
    assertRule(rule).on(good.replace("[3]", "[2.5]")).doesNotFire();
    assertRule(rule).on(good.replace("limits=[0,6]", "limits=[0,1]")).doesNotFire();
    assertRule(rule).on(good.replace("%c, %six {round", "%c, %six {clamp=[0,0.5], round")).doesNotFire();
    assertRule(rule).on(good + ", %s").doesNotFire();
    assertRule(rule).on(good + ", %c").doesNotFire();
  }

  @Test
  void gateTimesItsArgumentIsHardSwish() {
    String gate = X + "%g = hard_sigmoid %x : tensor<1x2 x f32>\n";
    assertRule(new RecogniseHardSwish()).on(gate + product("x", "g", "y") + "return %y").becomes(result("hard_swish"));
    assertRule(new RecogniseHardSwish()).on(gate + product("g", "x", "y") + "return %y").becomes(result("hard_swish"));
    assertRule(new RecogniseHardSwish()).on(gate + product("g", "x", "y") + "return %y, %g").doesNotFire();
    assertRule(new RecogniseHardSwish()).on(gate + product("g", "g", "y") + "return %y").doesNotFire();
  }

  @Test
  void primitivesInAnyOrderAreHardSwish() {
    assertRule(new RecogniseHardSwish()).on(GATE + product("x", "c", "p") + product("p", "six", "y") + "return %y")
        .becomes(result("hard_swish"));
    assertRule(new RecogniseHardSwish()).on(GATE + product("x", "six", "p") + product("c", "p", "y") + "return %y")
        .becomes(result("hard_swish"));
    assertRule(new RecogniseHardSwish()).on(GATE + product("x", "c", "p") + product("p", "six", "y") + "return %y, %p")
        .doesNotFire();
    assertRule(new RecogniseHardSwish()).on(GATE + product("c", "c", "p") + product("p", "six", "y") + "return %y")
        .doesNotFire();
  }

  @Test
  void argumentTimesItsSigmoidIsSwish() {
    String gate = X + "%g = logistic %x : tensor<1x2 x f32>\n";
    assertRule(new RecogniseSwish()).on(gate + product("x", "g", "y") + "return %y").becomes(result("swish"));
    assertRule(new RecogniseSwish()).on(gate + product("g", "x", "y") + "return %y").becomes(result("swish"));
    assertRule(new RecogniseSwish()).on(gate + product("g", "x", "y") + "return %y, %g").doesNotFire();
    assertRule(new RecogniseSwish()).on(gate + product("g", "g", "y") + "return %y").doesNotFire();
  }

  @Test
  void codesAreLeftToTables() {
    assertRule(new RecogniseSwish()).on("""
        %x = input : tensor<1x2 x i8, q(0.5, 3)>
        %g = logistic %x : tensor<1x2 x i8, q(0.00390625, -128)>
        %y = mul %x, %g {round=tflite} : tensor<1x2 x i8, q(0.5, 3)>
        return %y
        """).doesNotFire();
  }

  @Test
  void divisionByConstantsIsAProduct() {
    String good = X + "%c = constant [2, 6] : tensor<2 x f32>\n"
        + "%y = elementwise %x, %c {function=div, round=tflite} : tensor<1x2 x f32> \"y\" origins=[9]\nreturn %y";
    assertRule(new DivisionByConstant()).on(good).becomes(X + "%c = constant [0.5, 0.16666667] : tensor<2 x f32>\n"
        + "%y = mul %x, %c {round=ties_even} : tensor<1x2 x f32> \"y\" origins=[9]\nreturn %y");
    assertRule(new DivisionByConstant()).on(good.replace("6]", "0]")).doesNotFire();
    assertRule(new DivisionByConstant()).on(good.replace("6]", "3e38]")).doesNotFire();
    assertRule(new DivisionByConstant()).on(good.replace("=div", "=sub")).doesNotFire();
    assertRule(new DivisionByConstant()).on(good.replace("%x, %c", "%c, %x")).doesNotFire();
  }
}
