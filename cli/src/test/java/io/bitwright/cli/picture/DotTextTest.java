package io.bitwright.cli.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.graph.text.GraphParser;
import org.junit.jupiter.api.Test;

class DotTextTest {
  /** A block of two operators with an activation, one of a single operator, a sum, and an output inside. */
  static NetworkPicture small() {
    return NetworkPicture.of(GraphParser.parse("""
        graph @g {
          %x = input : tensor<1x4x4x2 x f32> "image"
          %w0 = constant splat(1) : tensor<2x1x1x2 x f32>
          %w1 = constant splat(1) : tensor<1x3x3x2 x f32>
          %0 = conv2d %x, %w0 {kernel=1x1, round=single} : tensor<1x4x4x2 x f32> "block/conv"
          %1 = relu %0 {kind=relu6, round=single} : tensor<1x4x4x2 x f32> "block/relu"
          %2 = depthwise_conv2d %1, %w1 {kernel=3x3, dilation=2x1, pad=[2,2,1,1], round=single}
             : tensor<1x4x4x2 x f32> "block/dw;block/other"
          %3 = add %2, %x {round=single} : tensor<1x4x4x2 x f32> "sum"
          %4 = max_pool2d %3 {kernel=2x2, stride=2x2} : tensor<1x2x2x2 x f32> "head/pool/max"
          return %4, %1
        }
        """), "small");
  }

  @Test
  void boxesAreNodesAndBlocksAreClusters() {
    assertEquals("""
        digraph "small" {
          graph [label="small", labelloc=t, fontname="monospace", fontsize=14];
          node [shape=box, style="filled,rounded", fontname="monospace", fontsize=11];
          edge [color="#555555", arrowsize=0.6];
          n0 [label="input\\n1x4x4x2 f32\\nimage", tooltip="image", fillcolor="#ffffff", color="#333333"];
          n3 [label="add\\n1x4x4x2 f32\\nsum", tooltip="sum", fillcolor="#fbe1cb", color="#bf6a1f"];
          n5 [label="output", tooltip="", fillcolor="#ffffff", color="#333333"];
          n6 [label="output", tooltip="", fillcolor="#ffffff", color="#333333"];
          n4 [label="max_pool2d 2x2, stride 2\\n1x2x2x2 f32\\nhead/pool/max", tooltip="head/pool/max", \
        fillcolor="#dcefd3", color="#4f8a35"];
          subgraph cluster_1 {
            graph [label="block", labeljust=l, fontsize=11, style=rounded, color="#999999", bgcolor="#f7f8fa"];
            n1 [label="conv2d 1x1\\nrelu6\\n1x4x4x2 f32\\nconv", tooltip="block/conv, block/relu", \
        fillcolor="#d6e6f7", color="#3b74ad"];
            n2 [label="depthwise_conv2d 3x3, dilation 2x1\\n1x4x4x2 f32\\ndw", tooltip="block/dw;block/other", \
        fillcolor="#cfeeea", color="#1f8478"];
          }
          n0 -> n1;
          n1 -> n2;
          n2 -> n3;
          n0 -> n3;
          n3 -> n4;
          n4 -> n5;
          n1 -> n6;
        }
        """, small().text(PictureFormat.DOT));
  }

  /** Names are untrusted: quotes, escapes, entities, control characters. */
  @Test
  void namesStayInTheirStrings() {
    String text = NetworkPicture.of(GraphParser.parse("""
        graph @g {
          %x = input : tensor<1x4x4x2 x f32> "\\"]; evil -> n0; [label=\\"\\\\N\\n\\u0007&lt;<b>\\\\"
          %0 = max_pool2d %x {kernel=1x1} : tensor<1x4x4x2 x f32> "a\\"b/\\\\/c"
          %1 = max_pool2d %0 {kernel=1x1} : tensor<1x4x4x2 x f32> "a\\"b/\\\\/d"
          %2 = max_pool2d %1 {kernel=1x1} : tensor<1x4x4x2 x f32> "///"
          %3 = max_pool2d %2 {kernel=1x1} : tensor<1x4x4x2 x f32> ";"
          return %3
        }
        """), "\"; }\n\u00e4").text(PictureFormat.DOT);
    assertTrue(text.startsWith("digraph \"\\\"; }??\" {\n"), text);
    assertTrue(text.contains("\\\"]; evil -> n0; [label=\\\"\\\\N??&amp;lt;<b>\\\\\""), text);
    assertTrue(text.contains("label=\"a\\\"b/\\\\\""), text);
    assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
    assertEquals(0, text.lines().filter(line -> unescapedQuotes(line) % 2 != 0).count(), text);
  }

  private static int unescapedQuotes(String line) {
    int quotes = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == '"') {
        quotes++;
      }
    }
    return quotes;
  }
}
