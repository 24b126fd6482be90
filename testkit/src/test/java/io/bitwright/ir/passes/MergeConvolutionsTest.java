package io.bitwright.ir.passes;

import static io.bitwright.testkit.RuleAssert.assertRule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.MemoryPlanner;
import org.junit.jupiter.api.Test;

class MergeConvolutionsTest {
  /** Two reducing convolutions of a pooled image; the image is the largest tensor. */
  private static final String HEAD = """
      %image = input : tensor<1x4x4x2 x u8, q(0.5, 3)>
      %x = max_pool2d %image {kernel=2x2, stride=2x2} : tensor<1x2x2x2 x u8, q(0.5, 3)> "x"
      %wa = constant [1, 2] : tensor<1x1x1x2 x u8, q(0.5, 9)> "wa"
      %wb = constant [3, 4, 5, 6] : tensor<2x1x1x2 x u8, q(0.5, 9)> "wb"
      %ba = constant [7] : tensor<1 x i32> "ba"
      %a = conv2d %x, %wa, %ba {clamp=[3,255], round=tflite} : tensor<1x2x2x1 x u8, q(1, 3)> "a" origins=[1]
      %b = conv2d %x, %wb {clamp=[3,255], round=tflite} : tensor<1x2x2x2 x u8, q(1, 3)> "b" origins=[3]
      """;

  private static final String TAIL = """
      %ya = max_pool2d %a {kernel=2x2} : tensor<1x1x1x1 x u8, q(1, 3)> "ya"
      %yb = max_pool2d %b {kernel=2x2} : tensor<1x1x1x2 x u8, q(1, 3)> "yb"
      return %ya, %yb
      """;

  private static final MergeConvolutions RULE = new MergeConvolutions();

  @Test
  void siblingsBecomeSlicesOfOne() {
    assertRule(RULE).on(HEAD + TAIL).becomes("""
        %image = input : tensor<1x4x4x2 x u8, q(0.5, 3)>
        %x = max_pool2d %image {kernel=2x2, stride=2x2} : tensor<1x2x2x2 x u8, q(0.5, 3)> "x"
        %w = constant [1, 2, 3, 4, 5, 6] : tensor<3x1x1x2 x u8, q(0.5, 9)> "a+b/weights"
        %c = constant [7, 0, 0] : tensor<3 x i32> "a+b/bias"
        %m = conv2d %x, %w, %c {clamp=[3,255], round=tflite} : tensor<1x2x2x3 x u8, q(1, 3)> "a+b"
        %a = slice %m {begin=[0,0,0,0], extent=[1,2,2,1]} : tensor<1x2x2x1 x u8, q(1, 3)> "a" origins=[1]
        %b = slice %m {begin=[0,0,0,1], extent=[1,2,2,2]} : tensor<1x2x2x2 x u8, q(1, 3)> "b" origins=[3]
        """ + TAIL);
  }

  @Test
  void whatDiffersStaysApart() {
    doesNotFire("%wb = constant [3, 4, 5, 6] : tensor<2x1x1x2 x u8, q(0.5, 9)>",
        "%wb = constant [3, 4, 5, 6] : tensor<2x1x1x2 x u8, q(0.25, 9)>");
    doesNotFire("%b = conv2d %x, %wb {clamp=[3,255], round=tflite}", "%b = conv2d %x, %wb {clamp=[4,255], round=tflite}");
    doesNotFire("%b = conv2d %x, %wb {clamp=[3,255], round=tflite}", "%b = conv2d %x, %wb {clamp=[3,255], round=single}");
    String scaled = HEAD.replace("tensor<1x2x2x2 x u8, q(1, 3)> \"b\"", "tensor<1x2x2x2 x u8, q(2, 3)> \"b\"");
    assertRule(RULE).on(scaled + TAIL.replace("tensor<1x1x1x2 x u8, q(1, 3)>", "tensor<1x1x1x2 x u8, q(2, 3)>")).doesNotFire();
    String wide = "%wb = constant seeded(1) : tensor<2x2x2x2 x u8, q(0.5, 9)>";
    doesNotFire("%wb = constant [3, 4, 5, 6] : tensor<2x1x1x2 x u8, q(0.5, 9)>", wide, "%b = conv2d %x, %wb {",
        "%b = conv2d %x, %wb {kernel=2x2, pad=[1,0,1,0], ");
  }

  private static void doesNotFire(String... replacements) {
    String head = HEAD;
    for (int i = 0; i < replacements.length; i += 2) {
      assertTrue(head.contains(replacements[i]), replacements[i]);
      head = head.replace(replacements[i], replacements[i + 1]);
    }
    assertRule(RULE).on(head + TAIL).doesNotFire();
  }

  /** A slice could not be a part of a concatenation, an output, or what a sum is written onto. */
  @Test
  void whatASliceWouldBeCopiedForStaysApart() {
    assertRule(RULE).on(HEAD + """
        %y = concat %a, %b {axis=3} : tensor<1x2x2x3 x u8, q(1, 3)>
        return %y
        """).doesNotFire();
    assertRule(RULE).on(HEAD + "return %a, %b\n").doesNotFire();
    assertRule(RULE).on(HEAD + """
        %ya = relu %a {kind=relu, round=tflite} : tensor<1x2x2x1 x u8, q(1, 3)>
        %yb = max_pool2d %b {kernel=2x2} : tensor<1x1x1x2 x u8, q(1, 3)>
        return %ya, %yb
        """).doesNotFire();
  }

  /** While the first branch runs on, the whole is live: here nothing else in the network is as large. */
  @Test
  void whatWouldNeedMoreMemoryStaysApart() {
    String small = HEAD.replace("%image = input : tensor<1x4x4x2 x u8, q(0.5, 3)>", "")
        .replace("%x = max_pool2d %image {kernel=2x2, stride=2x2}", "%x = input");
    assertRule(RULE).on(small + """
        %w = constant seeded(2) : tensor<4x1x1x1 x u8, q(0.5, 9)>
        %ya = conv2d %a, %w {round=tflite} : tensor<1x2x2x4 x u8, q(1, 3)>
        %yb = max_pool2d %b {kernel=2x2} : tensor<1x1x1x2 x u8, q(1, 3)>
        return %ya, %yb
        """).doesNotFire();
  }

  @Test
  void slicesAreNotCopied() {
    Graph graph = StandardPipeline.create().run(GraphParser.parse("graph @g {\n" + HEAD + TAIL + "}\n"));
    Program program = Lowering.lower(graph, new Diagnostics());
    MemoryPlan plan = MemoryPlanner.plan(program, Schedule.trivial(program));
    assertEquals(2, plan.elided().size());
    assertEquals(32 + 8, plan.arenaBytes());
  }
}
