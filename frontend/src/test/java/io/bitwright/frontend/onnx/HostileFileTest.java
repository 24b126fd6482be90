package io.bitwright.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.onnx.TestModel.Message;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are wrong, on purpose or by accident, are refused with a code. */
class HostileFileTest {
  private static final long[] FILTERS = {2, 3, 1, 1};

  private static String refusal(TestModel model) {
    return assertThrows(DiagnosticException.class, model::load).diagnostics().stream()
        .map(d -> d.location().node() + ": " + d.message() + " [" + d.id().code()
            + "]").collect(Collectors.joining("\n"));
  }

  private static TestModel convolution() {
    return new TestModel().input("x", 1, 3, 4, 4).reals("w", FILTERS, 1, 2, 3, 4, 5, 6).node("Conv(x, w) -> c")
        .node("Relu(c) -> y").output("y");
  }

  @Test
  void whatIsNoModelIsSaidToBeNone() {
    for (byte[] bytes : List.of(new byte[0], "plain text".getBytes(), new byte[100],
        new byte[] {58, -1, -1, -1, -1, 15})) {
      DiagnosticException e = assertThrows(DiagnosticException.class,
          () -> OnnxImporter.parse(bytes, "net.onnx", null, ImportOptions.NONE));
      assertTrue(e.getMessage().contains("[BW0901]"), e.getMessage());
    }
    assertEquals(": schema version 2 is not supported (must be IR version 3 or later) [BW0104]",
        refusal(convolution().irVersion(2)));
  }

  @Test
  void operatorsAreAllListedAtOnce() {
    assertEquals("a: operator Selu is not supported (its output is tensor 'a') [BW0201]\n"
        + "b: operator GRU is not supported (its output is tensor 'b') [BW0201]\n"
        + "c: operator FusedConv of domain 'com.microsoft' is not supported (must be of the standard domain) [BW0902]\n"
        + "d: operator If is not supported (its output is tensor 'd') [BW0201]",
        refusal(new TestModel().input("x", 2).node("Selu(x) -> a").node("GRU(a) -> b")
            .field(1, TestModel.node("FusedConv(b) -> c", Map.of()).text(7, "com.microsoft"))
            .field(1, TestModel.node("If(c) -> d", Map.of())
                .message(5, new Message().text(1, "then_branch").message(6, new Message()).integer(20, 5)))
            .node("Relu(d) -> y").output("y")));
  }

  @Test
  void versionsOfOperatorsAreLooked() {
    assertEquals("c: operator Conv of operator set 28 is not supported (must be 1 to 27) [BW0903]\n"
        + "y: operator Relu of operator set 28 is not supported (must be 1 to 27) [BW0903]",
            refusal(convolution().opset(28)));
    assertEquals("y: operator HardSwish of operator set 13 is not supported (must be 14 to 27) [BW0903]",
        refusal(new TestModel().input("x", 2).node("HardSwish(x) -> y").output("y")));
  }

  @Test
  void attributesAreNeverPassedOver() {
    assertEquals("y: operator Relu: attribute slope is not supported (known: ) [BW0202]",
        refusal(new TestModel().input("x", 2).node("Relu(x) -> y", "slope", 0.5f).output("y")));
    assertEquals("y: operator LeakyRelu: attribute alpha is of type INT (must be FLOAT) [BW0202]",
        refusal(new TestModel().input("x", 2).node("LeakyRelu(x) -> y", "alpha", 1L).output("y")));
    assertEquals("y: operator Resize: mode is 'spline' (must be nearest, linear or cubic) [BW0202]",
        refusal(new TestModel().input("x", 1, 1, 2, 2).reals("s", new long[] {4}, 1, 1, 2, 2)
            .node("Resize(x, , s) -> y", "mode", "spline").output("y")));
  }

  @Test
  void graphsThatAreNoneAreRefused() {
    assertEquals("a: tensor 'b' is used before any operator computes it [BW0207]",
        refusal(new TestModel().input("x", 2).node("Add(x, b) -> a").node("Relu(a) -> b").output("b")));
    assertEquals("y: malformed file: tensor 'z' does not exist [BW0103]",
        refusal(new TestModel().input("x", 2).node("Add(x, z) -> y").output("y")));
    assertEquals("x: malformed file: tensor 'x' is given a value more than once [BW0103]",
        refusal(new TestModel().input("x", 2).node("Relu(x) -> x").output("x")));
    assertEquals("w: malformed file: tensor 'w' is given a value more than once [BW0103]",
        refusal(convolution().reals("w", new long[] {1}, 1)));
    assertEquals("w: output 'w' does not depend on any input [BW0303]",
        refusal(new TestModel().reals("w", new long[] {1}, 1).output("w")));
  }

  @Test
  void shapesAreChecked() {
    assertEquals("c: operator Conv: weights of shape [2, 3, 1, 1] in 1 groups do not fit 4 channels [BW0206]",
        refusal(new TestModel().input("x", 1, 4, 4, 4).reals("w", FILTERS, 1, 2, 3, 4, 5, 6).node("Conv(x, w) -> c")
            .node("Relu(c) -> y").output("y")));
    assertEquals("y: operator Add: shapes [2,3] and [2] do not broadcast [BW0202]",
        refusal(new TestModel().input("x", 2, 3).reals("b", new long[] {2}, 1, 2).node("Add(x, b) -> y").output("y")));
    assertEquals("y: operator Reshape: a tensor of shape [2,3] cannot take shape [4, -1] [BW0202]",
        refusal(new TestModel().input("x", 2, 3).integers("s", 4, -1).node("Reshape(x, s) -> y").output("y")));
  }

  @Test
  void hugeSizesCostNothing() {
    assertEquals("w: tensor 'w' is too large: shape [4611686018427387904] (limit 268435456 elements) [BW0105]",
        refusal(new TestModel().input("x", 2).field(5, TestModel.tensor("w", 1,
            1L << 62)).node("Add(x, w) -> y").output("y")));
    assertEquals("w: malformed file: tensor 'w': it holds 0 elements (its shape needs 268435456) [BW0103]",
        refusal(new TestModel().input("x", 2).field(5, TestModel.tensor("w", 1,
            1 << 28)).node("Add(x, w) -> y").output("y")));
    assertEquals("x: input 'x' is too large: shape [4611686018427387904, 2] (limit 268435456 elements) [BW0105]",
        refusal(new TestModel().input("x", 1L << 62, 2).node("Relu(x) -> y").output("y")));
    String shape = "shape [4611686018427387904] is no shape of at most 16777216 elements";
    assertEquals("s: operator ConstantOfShape: " + shape + " [BW0202]",
        refusal(new TestModel().input("x", 2).integers("d", 1L << 62).node("ConstantOfShape(d) -> s")
            .node("Add(x, s) -> y")
            .output("y")));
    TestModel many = new TestModel().input("x", 2);
    Message relu = TestModel.node("Relu(x) -> ", Map.of());
    for (int i = 0; i < 1_000_000; i++) {
      many.field(1, relu);
    }
    assertEquals(": the number of operators is too large: 16385 (limit 16384) [BW0105]", refusal(many.output("y")));
  }

  @Test
  void openSizesMustBeGiven() {
    TestModel open = new TestModel().input("x", -1, 3).node("Relu(x) -> y").output("y");
    assertEquals("x: input 'x' has the open shape [N1, 3] (give all of it: --shape x=1x3x224x224) [BW0905]",
        refusal(open));
    assertEquals("net.onnx:x: error: --shape 2x4 does not fit input 'x', which has shape [N1, 3] [BW0906]",
        assertThrows(DiagnosticException.class, () -> OnnxImporter.parse(open.bytes(), "net.onnx", null,
            new ImportOptions(Map.of("", List.of(2, 4)), Map.of()))).getMessage());
    assertEquals("net.onnx: error: unknown input 'z' (known: x) [BW0501]",
        assertThrows(DiagnosticException.class, () -> OnnxImporter.parse(open.bytes(), "net.onnx", null,
            new ImportOptions(Map.of("z", List.of(2, 3), "x", List.of(2, 3)), Map.of()))).getMessage());
    Graph graph = OnnxImporter.parse(open.bytes(), "net.onnx", null,
        new ImportOptions(Map.of("x", List.of(2, 3)), Map.of()));
    assertEquals(List.of(2, 3), graph.inputs().get(0).type().shape().dims());
  }

  private static TestModel external(String location, String... more) {
    Message tensor = TestModel.tensor("w", 1, 2).integer(14, 1);
    tensor.message(13, new Message().text(1, "location").text(2, location));
    for (int i = 0; i < more.length; i += 2) {
      tensor.message(13, new Message().text(1, more[i]).text(2, more[i + 1]));
    }
    return new TestModel().input("x", 2).field(5, tensor).node("Add(x, w) -> y").output("y");
  }

  private static String load(Path folder, TestModel model) throws IOException {
    Path file = Files.write(folder.resolve("model/net.onnx"), model.bytes());
    return assertThrows(DiagnosticException.class, () -> OnnxImporter.load(file,
        Map.of())).diagnostics().get(0).message();
  }

  @Test
  void contentsInOtherFilesStayInTheModelsFolder(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("model"));
    Files.write(folder.resolve("secret.bin"), TestModel.raw(1, 2));
    Files.write(folder.resolve("model/w.bin"), TestModel.raw(9, 3, 4));
    Files.createSymbolicLink(folder.resolve("model/link.bin"), folder.resolve("secret.bin"));
    String start = "the contents of tensor 'w' are not to be had: ";
    String confined = " (must be a file in the model's folder)";
    assertEquals(start + "location '../secret.bin'" + confined, load(folder, external("../secret.bin")));
    assertEquals(start + "location 'a/../../secret.bin'" + confined, load(folder, external("a/../../secret.bin")));
    assertEquals(start + "location '" + folder + "/secret.bin'" + confined,
        load(folder, external(folder + "/secret.bin")));
    assertEquals(start + "location 'link.bin' leads out of the model's folder", load(folder, external("link.bin")));
    assertEquals(start + "there is no file 'none.bin' in the model's folder", load(folder, external("none.bin")));
    assertEquals(start + "there is no file '.' in the model's folder", load(folder, external(".")));
    assertEquals(start + "bytes 8 to 16 are not in 'w.bin' of 12 bytes",
        load(folder, external("w.bin", "offset", "8")));
    assertEquals(start + "its length is 4 bytes (the tensor needs 8)", load(folder, external("w.bin", "length", "4")));
    assertEquals(start + "its offset is -4 (must not be negative)", load(folder, external("w.bin", "offset", "-4")));
    assertEquals(start + "its offset is '9e9' (must be a number of bytes)",
        load(folder, external("w.bin", "offset", "9e9")));
    Path file = Files.write(folder.resolve("model/net.onnx"), external("w.bin", "offset", "4").bytes());
    Graph graph = OnnxImporter.load(file, Map.of());
    assertArrayEquals(new float[] {3, 4}, graph.nodes().stream().filter(n -> n.isConstant()).findFirst().orElseThrow()
        .constant().reals());
  }

  @Test
  void changedBytesGiveGraphsOrDiagnostics() {
    byte[] good = new TestModel().input("x", 1, 4, 6, 6).reals("w", new long[] {4, 2, 3, 3}, new float[72])
        .reals("b", new long[] {4}, 1, 2, 3, 4).integers("s", 1, 2, 2, 6, 6).integers("f", 1, -1)
        .field(1, TestModel.node("Conv(x, w, b) -> c", Map.of("group", 2L, "pads", new long[] {1, 1, 1, 1})))
        .node("Reshape(c, s) -> r").node("Transpose(r) -> t", "perm", new long[] {0, 2, 1, 3, 4})
        .integers("q", 1, 4, 6, 6).node("Reshape(t, q) -> u").field(1, TestModel.node("MaxPool(u) -> m",
            Map.of("kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2}, "ceil_mode", 1L)))
        .node("Clip(m) -> k").node("Split(k) -> p, v", "axis", 1L).node("Concat(v, p) -> o", "axis", 1L)
        .node("Reshape(o, f) -> y").output("y").bytes();
    Random random = new Random(7);
    int loaded = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(3) == 0 ? random.nextInt()
            : 1 << random.nextInt(8));
      }
      byte[] mutated = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
      try {
        Graph graph = OnnxImporter.parse(mutated, "net.onnx", new io.bitwright.frontend.onnx.proto.ExternalData(
            java.util.Optional.empty()), ImportOptions.NONE);
        assertEquals(List.of(), GraphVerifier.verify(graph).stream().map(d -> d.message()).toList());
        loaded++;
      } catch (DiagnosticException e) {
        assertTrue(!e.diagnostics().isEmpty());
      }
    }
    assertTrue(loaded > 200 && loaded < 19_000, loaded + " loaded");
  }
}
