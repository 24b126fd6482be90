package io.bitwright.frontend.tflite.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What TFLite cannot say is refused, all of it at once, and nothing else is written in its place. */
class UnwritableTest {
  private static final String X = "%x = input : tensor<1x8x8x2 x i8, q(0.05, -3)> \"x\"\n";
  private static final String WIDE = "dequantize %x : tensor<1x8x8x2 x f32>\n"
      + "%u = quantize %r {round=tflite} : tensor<1x8x8x2 x i16, q(0.0002, 0)>";
  private static final String I8 = " : tensor<1x8x8x2 x i8, q(0.05, -3)> ";

  private static Graph parse(String statements, String... outputs) {
    return GraphParser.parse("graph @net {\n" + statements + "\nreturn " + String.join(", ", outputs) + "\n}\n");
  }

  private static List<String> refused(String statement) {
    List<Diagnostic> obstacles = TfliteWriter.obstacles(parse(X + statement, "%y"));
    return obstacles.stream().map(d -> d.render().replaceAll("^.*?error: ", "")).toList();
  }

  private static void assertRefused(String operator, String why, String statement) {
    String expected = "'y': operator " + operator + " cannot be written as TFLite: " + why + " [BW0220]";
    assertEquals(List.of(expected), refused(statement));
  }

  @Test
  void everythingIsListedAtOnce() {
    Graph graph = parse(X
        + "%a = hard_sigmoid %x" + I8 + "\"a\"\n"
        + "%b = swish %a" + I8 + "\"b\"\n"
        + "%c = relu %b {kind=relu6, round=ties_even}" + I8 + "\"c\"\n"
        + "%d = relu %c {kind=relu6, round=tflite}" + I8 + "\"d\"\n"
        + "%e = local_response_norm %d {size=3, alpha=1, beta=0.5, bias=1}" + I8 + "\"e\"", "%e");
    DiagnosticException e = assertThrows(
        DiagnosticException.class, () -> TfliteWriter.write(graph, Metadata.of("")));
    assertEquals(List.of("a", "b", "c", "e"), e.diagnostics().stream()
        .map(d -> d.message().replaceAll("^'(.)'.*", "$1")).toList());
    e.diagnostics().forEach(d -> assertEquals("BW0220", d.id().code()));
    assertEquals(e.diagnostics(), TfliteWriter.obstacles(graph));
  }

  @Test
  void operatorsThatTheFormatLacks() {
    for (String operator : List.of("hard_sigmoid", "swish")) {
      assertRefused(operator, "there is no such operator",
          "%y = " + operator + " %x" + I8 + "\"y\"");
    }
    assertRefused("table", "there is no such operator",
        "%t = constant iota : tensor<256 x i8> \"t\"\n%y = table %x, %t" + I8 + "\"y\"");
  }

  @Test
  void otherRoundings() {
    for (String rounding : List.of("single", "ties_even")) {
      String why = "it rounds as '" + rounding + "' (must be 'tflite')";
      assertRefused("add", why, "%y = add %x, %x {round=" + rounding + "}" + I8 + "\"y\"");
      assertRefused("mul", why, "%y = mul %x, %x {round=" + rounding + "}" + I8 + "\"y\"");
      assertRefused("conv2d", why, "%w = constant seeded(1) : tensor<2x1x1x2 x i8, q(0.1, 0)>\n"
          + "%y = conv2d %x, %w {round=" + rounding + "}" + I8 + "\"y\"");
      assertRefused("mean", why, "%y = mean %x {axes=[1,2], keep_dims=false, round=" + rounding
          + "} : tensor<1x2 x i8, q(0.05, -3)> \"y\"");
      assertRefused("quantize", why, "%y = quantize %x {round=" + rounding + "}" + I8 + "\"y\"");
      assertRefused("clip", why,
          "%y = clip %x {limits=[0,6], round=" + rounding + "}" + I8 + "\"y\"");
    }
    assertEquals(List.of(), refused("%r = dequantize %x : tensor<1x8x8x2 x f32>\n"
        + "%y = quantize %r {round=single}" + I8 + "\"y\""), "reals are rounded half away from zero");
    assertRefused("quantize", "it rounds as 'ties_even' (must be 'tflite')",
        "%r = dequantize %x : tensor<1x8x8x2 x f32>\n%y = quantize %r {round=ties_even}" + I8 + "\"y\"");
  }

  @Test
  void windowsAndWeights() {
    assertRefused("average_pool2d", "it leaves out a padding that is neither SAME nor VALID",
        "%y = average_pool2d %x {kernel=3x3, stride=2x2, pad=[1,0,1,0]} "
            + ": tensor<1x4x4x2 x i8, q(0.05, -3)> \"y\"");
    assertRefused("max_pool2d", "its window has dilation 2x1 (must be 1x1)",
        "%y = max_pool2d %x {kernel=3x3, dilation=2x1} : tensor<1x4x6x2 x i8, q(0.05, -3)> \"y\"");
    assertRefused("conv2d", "its weights have zero point 4 (must be 0)",
        "%w = constant seeded(1) : tensor<2x1x1x2 x i8, q(0.1, 4)>\n%y = conv2d %x, %w {round=tflite}" + I8 + "\"y\"");
    assertRefused("fully_connected", "weights with one channel must be quantised as a whole",
        "%w = constant seeded(1) : tensor<1x2 x i8, q(axis=0, [0.1234567])>\n"
            + "%y = fully_connected %x, %w {round=tflite} : tensor<1x8x8x1 x i8, q(0.0312345, -3)> \"y\"");
  }

  @Test
  void functions() {
    assertRefused("clip", "its limits are those of no activation function, and it changes the scale from 0.05 to 0.033",
        "%y = clip %x {limits=[-2,3], round=tflite} : tensor<1x8x8x2 x i8, q(0.033, -3)> \"y\"");
    assertRefused("local_response_norm", "it is quantised (must be f32)",
        "%y = local_response_norm %x {size=3, alpha=1, beta=0.5, bias=1}" + I8 + "\"y\"");
    assertRefused("local_response_norm", "it reaches over 4 channels (must be an odd number)",
        "%r = dequantize %x : tensor<1x8x8x2 x f32>\n"
            + "%y = local_response_norm %r {size=4, alpha=1, beta=0.5, bias=1} : tensor<1x8x8x2 x f32> \"y\"");
    assertRefused("local_response_norm", "its operand has rank 2 (must be 4)",
        "%r = dequantize %x : tensor<1x8x8x2 x f32>\n%v = reshape %r : tensor<64x2 x f32>\n"
        + "%y = local_response_norm %v {size=3, alpha=1, beta=0.5, bias=1} : tensor<64x2 x f32> \"y\"");
    assertRefused("arg_max", "it takes the last of equal elements (must be the first)",
        "%y = arg_max %x {last=true} : tensor<1x8x8 x i32> \"y\"");
    assertRefused("elementwise", "its first operand of shape 1x8x1x2 broadcasts to 1x8x8x2",
        "%r = dequantize %x : tensor<1x8x8x2 x f32>\n"
            + "%s = slice %r {begin=[0,0,0,0], extent=[1,8,1,2]} : tensor<1x8x1x2 x f32>\n"
            + "%y = elementwise %s, %r {function=prelu, round=tflite} : tensor<1x8x8x2 x f32> \"y\"");
  }

  @Test
  void typesThatAKernelLacks() {
    assertRefused("elementwise", "it takes i8 (must be f32 or u8)",
        "%y = elementwise %x, %x {function=div, round=tflite}" + I8 + "\"y\"");
    assertRefused("unary", "it takes u8 (must be f32 or i8)",
        "%u = quantize %x {round=tflite} : tensor<1x8x8x2 x u8, q(0.1, 3)>\n"
            + "%y = unary %u {function=abs, round=tflite} : tensor<1x8x8x2 x u8, q(0.1, 3)> \"y\"");
    assertRefused("quantize", "it takes i8 to i16, for which only tflite-micro has a kernel",
        "%y = quantize %x {round=tflite} : tensor<1x8x8x2 x i16, q(0.0002, 0)> \"y\"");
    assertRefused("elementwise", "PRELU takes no int16",
        "%r = " + WIDE + "\n%s = constant [50, 7] : tensor<2 x i16, q(0.01, 0)>\n"
            + "%y = elementwise %u, %s {function=prelu, round=tflite} : tensor<1x8x8x2 x i16, q(0.0002, 0)> \"y\"");
    assertRefused("conv2d", "it sums 16-bit codes in 32 bits (must be 64, as with a bias of i64)",
        "%r = " + WIDE + "\n%w = constant seeded(1) : tensor<2x1x1x2 x i8, q(0.1, 0)>\n%b = constant seeded(2) : tensor<2 x i32>\n"
            + "%y = conv2d %u, %w, %b {round=tflite} : tensor<1x8x8x2 x i16, q(0.0002, 0)> \"y\"");
  }

  @Test
  void moreThanAFileHolds() {
    Graph graph = parse(X + "%w = constant seeded(1) : tensor<200x1x1x2 x i8, q(0.1, 0)>\n"
        + "%y = conv2d %x, %w {round=tflite} : tensor<1x8x8x200 x i8, q(0.1, 0)>", "%y");
    assertEquals(List.of(), TfliteWriter.obstacles(graph));
    DiagnosticException e = assertThrows(
        DiagnosticException.class, () -> TfliteWriter.write(graph, Metadata.of(""), 2000));
    assertEquals("net: error: a TFLite file of network 'net' is too large: 1200 bytes of constants (limit 2000 bytes "
        + "of file) [BW0105]", e.getMessage());
    TfliteWriter.write(graph, Metadata.of(""), 2400);
  }
}
