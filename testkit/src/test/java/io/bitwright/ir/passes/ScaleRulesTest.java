package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;

import io.bitwright.ir.op.Rounding;
import org.junit.jupiter.api.Test;

class ScaleRulesTest {
  /** Scales of 2 and -1, shifts of 1 - 3 * 2 and 5. */
  private static final String NORM = """
      %m = constant [3, 0] : tensor<2 x f32>
      %v = constant [4, 0.25] : tensor<2 x f32>
      %t = constant [1, 5] : tensor<2 x f32>
      %g = constant [4, -0.5] : tensor<2 x f32>
      """;
  private static final String X = "%x = input : tensor<1x2x2x2 x f32>\n";
  private static final String CONV = X + """
      %w = constant [1, 2, 3, 4] : tensor<2x1x1x2 x f32> "w"
      %b = constant [10, 20] : tensor<2 x f32> "b"
      %c = conv2d %x, %w, %b {round=tflite} : tensor<1x2x2x2 x f32> "c" origins=[0]
      """;

  private static String norm(String x) {
    return NORM + "%n = batch_norm %" + x + ", %m, %v, %t, %g {epsilon=0} : tensor<1x2x2x2 x f32> \"n\" origins=[1]\n";
  }

  @Test
  void batchNormFoldsIntoTheConvolutionBefore() {
    assertRule(new FoldScaleIntoProducer()).on(CONV + norm("c") + "return %n").becomes(X + """
        %w = constant [2, 4, -3, -4] : tensor<2x1x1x2 x f32> "w"
        %b = constant [15, -15] : tensor<2 x f32> "b"
        %n = conv2d %x, %w, %b {round=tflite} : tensor<1x2x2x2 x f32> "n" origins=[1]
        return %n
        """);
  }

  @Test
  void batchNormFoldsIntoDepthwiseAndFullyConnected() {
    assertRule(new FoldScaleIntoProducer()).on(X + """
        %w = constant [1, 2, 3, 4] : tensor<1x1x2x2 x f32> "w"
        %c = depthwise_conv2d %x, %w {pad=[0,0,0,1], round=tflite} : tensor<1x2x2x2 x f32>
        """ + norm("c") + "return %n").becomes(X + """
        %w = constant [2, -2, 6, -4] : tensor<1x1x2x2 x f32> "w"
        %b = constant [-5, 5] : tensor<2 x f32> "n/bias"
        %n = depthwise_conv2d %x, %w, %b {pad=[0,0,0,1], round=tflite} : tensor<1x2x2x2 x f32> "n" origins=[1]
        return %n
        """);
    assertRule(new FoldScaleIntoProducer()).on(X + """
        %w = constant [1, 2, 3, 4] : tensor<2x2 x f32> "w"
        %c = fully_connected %x, %w {round=tflite} : tensor<1x2x2x2 x f32>
        """ + norm("c").replace("epsilon=0", "epsilon=0, clamp=[0,6]") + "return %n").becomes(X + """
        %w = constant [2, 4, -3, -4] : tensor<2x2 x f32> "w"
        %b = constant [-5, 5] : tensor<2 x f32> "n/bias"
        %n = fully_connected %x, %w, %b {clamp=[0,6], round=tflite} : tensor<1x2x2x2 x f32> "n" origins=[1]
        return %n
        """);
  }

  @Test
  void constantFactorsAndTermsFoldLikewise() {
    assertRule(new FoldScaleIntoProducer()).on(CONV + """
        %k = constant [2, -1] : tensor<2 x f32>
        %n = mul %k, %c {round=tflite} : tensor<1x2x2x2 x f32>
        return %n
        """).becomes(X + """
        %w = constant [2, 4, -3, -4] : tensor<2x1x1x2 x f32> "w"
        %b = constant [20, -20] : tensor<2 x f32> "b"
        %n = conv2d %x, %w, %b {round=tflite} : tensor<1x2x2x2 x f32>
        return %n
        """);
    assertRule(new FoldScaleIntoProducer()).on(CONV + """
        %k = constant [0.5] : tensor<f32>
        %n = add %c, %k {clamp=[0,inf], round=tflite} : tensor<1x2x2x2 x f32>
        return %n
        """).becomes(X + """
        %w = constant [1, 2, 3, 4] : tensor<2x1x1x2 x f32> "w"
        %b = constant [10.5, 20.5] : tensor<2 x f32> "b"
        %n = conv2d %x, %w, %b {clamp=[0,inf], round=tflite} : tensor<1x2x2x2 x f32>
        return %n
        """);
  }

  @Test
  void whatCannotTakeInAScaleStays() {
    FoldScaleIntoProducer rule = new FoldScaleIntoProducer();
    assertRule(rule).on(CONV + norm("c") + "return %n, %c").doesNotFire();
    assertRule(rule).on(CONV.replace("{round", "{clamp=[0,6], round") + norm("c") + "return %n").doesNotFire();
    assertRule(rule).on(X + norm("x") + "return %n").doesNotFire();
    assertRule(rule).on(CONV + """
        %k = constant [1, 2, 3, 4] : tensor<2x2x1 x f32>
        %n = mul %c, %k {round=tflite} : tensor<1x2x2x2 x f32>
        return %n
        """).doesNotFire();
    assertRule(rule).on(CONV + "%n = mul %c, %x {round=tflite} : tensor<1x2x2x2 x f32>\nreturn %n").doesNotFire();
  }

  @Test
  void normalisedInputFoldsIntoTheConvolutionThatReadsIt() {
    assertRule(new FoldScaleIntoConsumer()).on(X + norm("x") + """
        %w = constant [1, 2, 3, 4] : tensor<2x1x1x2 x f32> "w"
        %b = constant [10, 20] : tensor<2 x f32> "b"
        %c = conv2d %n, %w, %b {clamp=[0,6], round=tflite} : tensor<1x2x2x2 x f32> "c" origins=[2]
        return %c
        """).becomes(X + """
        %w = constant [2, -2, 6, -4] : tensor<2x1x1x2 x f32> "w"
        %b = constant [15, 25] : tensor<2 x f32> "b"
        %c = conv2d %x, %w, %b {clamp=[0,6], round=tflite} : tensor<1x2x2x2 x f32> "c" origins=[2]
        return %c
        """);
  }

  @Test
  void groupsReadTheirOwnChannels() {
    assertRule(new FoldScaleIntoConsumer()).on(X + """
        %k = constant [2, -1] : tensor<2 x f32>
        %n = mul %x, %k {round=tflite} : tensor<1x2x2x2 x f32>
        %w = constant [1, 2, 3, 4] : tensor<4x1x1x1 x f32> "w"
        %b = constant [0, 0, 0, 1] : tensor<4 x f32> "b"
        %c = conv2d %n, %w, %b {pad=[1,1,1,1], groups=2, round=tflite} : tensor<1x4x4x4 x f32>
        return %c
        """).becomes(X + """
        %w = constant [2, 4, -3, -4] : tensor<4x1x1x1 x f32> "w"
        %b = constant [0, 0, 0, 1] : tensor<4 x f32> "b"
        %c = conv2d %x, %w, %b {pad=[1,1,1,1], groups=2, round=tflite} : tensor<1x4x4x4 x f32>
        return %c
        """);
  }

  @Test
  void paddingRefusesAShift() {
    FoldScaleIntoConsumer rule = new FoldScaleIntoConsumer();
    String conv = """
        %w = constant [1, 2, 3, 4] : tensor<2x1x1x2 x f32>
        %c = conv2d %n, %w {pad=[0,0,0,1], round=tflite} : tensor<1x2x3x2 x f32>
        return %c""";
    assertRule(rule).on(X + norm("x") + conv).doesNotFire();
    String point = conv.replace("pad=[0,0,0,1], ", "").replace("1x2x3x2", "1x2x2x2");
    assertRule(rule).on(X + norm("x") + point + ", %n").doesNotFire();
    assertRule(rule).on(X + norm("x").replace("epsilon=0", "epsilon=0, clamp=[0,6]") + point).doesNotFire();
  }

  private static final String PARTS = X + """
      %w = constant [1, 2] : tensor<1x1x1x2 x f32> "w"
      %p = conv2d %x, %w {round=tflite} : tensor<1x2x2x1 x f32> "p"
      %q = conv2d %x, %w {round=tflite} : tensor<1x2x2x1 x f32> "q"
      %j = concat %p, %q {axis=3} : tensor<1x2x2x2 x f32> "j"
      """;

  @Test
  void batchNormOfJoinedConvolutionsGoesToEach() {
    assertRule(new SplitBatchNormOverConcat()).on(PARTS + norm("j") + "return %n").becomes(PARTS.replace("%j", "//") + """
        %m0 = constant [3] : tensor<1 x f32>
        %v0 = constant [4] : tensor<1 x f32>
        %t0 = constant [1] : tensor<1 x f32>
        %g0 = constant [4] : tensor<1 x f32>
        %n0 = batch_norm %p, %m0, %v0, %t0, %g0 {epsilon=0} : tensor<1x2x2x1 x f32> "p/norm"
        %m1 = constant [0] : tensor<1 x f32>
        %v1 = constant [0.25] : tensor<1 x f32>
        %t1 = constant [5] : tensor<1 x f32>
        %g1 = constant [-0.5] : tensor<1 x f32>
        %n1 = batch_norm %q, %m1, %v1, %t1, %g1 {epsilon=0} : tensor<1x2x2x1 x f32> "q/norm"
        %n = concat %n0, %n1 {axis=3} : tensor<1x2x2x2 x f32> "n" origins=[1]
        return %n
        """);
  }

  @Test
  void batchNormOfWhatDoesNotFoldStaysBehindTheConcat() {
    SplitBatchNormOverConcat rule = new SplitBatchNormOverConcat();
    assertRule(rule).on(PARTS + norm("j") + "return %n, %j").doesNotFire();
    assertRule(rule).on(PARTS + norm("j") + "return %n, %p").doesNotFire();
    assertRule(rule).on(PARTS.replace("{round", "{clamp=[0,6], round") + norm("j") + "return %n").doesNotFire();
    assertRule(rule).on(X + "%j = concat %x {axis=3} : tensor<1x2x2x2 x f32>\n" + norm("j") + "return %n").doesNotFire();
    assertRule(rule).on(X + """
        %w = constant [1, 2, 3, 4] : tensor<2x1x1x2 x f32>
        %p = conv2d %x, %w {stride=2x1, round=tflite} : tensor<1x1x2x2 x f32>
        %q = conv2d %x, %w {stride=2x1, round=tflite} : tensor<1x1x2x2 x f32>
        %j = concat %p, %q {axis=1} : tensor<1x2x2x2 x f32>
        """ + norm("j") + "return %n").doesNotFire();
  }

  private static final String PADDED = CONV + """
      %p = pad %c {before=[0,1,0,0], after=[0,0,0,0]} : tensor<1x3x2x2 x f32> "p"
      """;

  private static String factor(String values, String op) {
    return "%k = constant " + values + " : tensor<2 x f32>\n%n = " + op
        + " %p, %k {round=tflite} : tensor<1x3x2x2 x f32> \"n\" origins=[1]\nreturn %n";
  }

  @Test
  void factorOfAPaddedConvolutionGoesBeforeThePad() {
    assertRule(new MoveScaleBeforePad()).on(PADDED + factor("[2, -1]", "mul")).becomes(CONV + """
        %k = constant [2, -1] : tensor<2 x f32>
        %s = mul %c, %k {round=tflite} : tensor<1x2x2x2 x f32> "c/scaled"
        %n = pad %s {before=[0,1,0,0], after=[0,0,0,0]} : tensor<1x3x2x2 x f32> "n" origins=[1]
        return %n
        """);
  }

  @Test
  void paddingThatWouldChangeItsValueStays() {
    MoveScaleBeforePad rule = new MoveScaleBeforePad();
    assertRule(rule).on(PADDED + factor("[2, -1]", "add")).doesNotFire();
    assertRule(rule).on(PADDED + factor("[2, -1]", "mul").replace("{round", "{clamp=[1,6], round")).doesNotFire();
    assertRule(rule).on(PADDED + factor("[2, -1]", "mul") + ", %p").doesNotFire();
    assertRule(rule).on(PADDED + factor("[2, -1]", "mul") + ", %c").doesNotFire();
    String norm = norm("p").replace("1x2x2x2", "1x3x2x2") + "return %n";
    assertRule(rule).on(PADDED + norm).doesNotFire();
    String channels = PADDED.replace("[0,1,0,0]", "[0,0,0,2]").replace("1x3x2x2", "1x2x2x4");
    assertRule(rule).on(channels + factor("[2, -1]", "mul").replace("1x3x2x2", "1x2x2x4").replace("[2, -1]", "[1, 2, 3, 4]")
        .replace("tensor<2 x", "tensor<4 x")).doesNotFire();
  }

  @Test
  void batchNormThatFoldsNowhereIsADepthwiseConvolution() {
    BatchNormToDepthwise rule = new BatchNormToDepthwise(Rounding.SINGLE);
    assertRule(rule).on(X + norm("x").replace("epsilon=0", "epsilon=0, clamp=[0,6]") + "return %n").becomes(X + """
        %w = constant [2, -1] : tensor<1x1x1x2 x f32> "n/weights"
        %b = constant [-5, 5] : tensor<2 x f32> "n/bias"
        %n = depthwise_conv2d %x, %w, %b {clamp=[0,6], round=single} : tensor<1x2x2x2 x f32> "n" origins=[1]
        return %n
        """);
    assertRule(rule).on(X.replace("1x2x2x2", "4x2") + norm("x").replace("1x2x2x2", "4x2") + "return %n").doesNotFire();
  }
}
