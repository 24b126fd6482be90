package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.cli.Bitwright.Outcome;
import io.bitwright.compiler.data.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir
  private Path folder;

  private static Outcome done(String... arguments) {
    Outcome outcome = Bitwright.run(arguments);
    assertEquals(0, outcome.status(), outcome.err());
    return outcome;
  }

  private static JsonElement json(String... arguments) {
    Outcome outcome = done(arguments);
    assertEquals("", outcome.err());
    return JsonParser.parseString(outcome.out());
  }

  @Test
  void inspectPrintsTheKeysOfTheContract() {
    JsonObject network = json("inspect", Bitwright.DIGITS, "--json").getAsJsonObject();
    assertEquals("digits_int8", network.get("name").getAsString());
    for (String key : List.of("parameters", "trainableParameters", "foldedParameters")) {
      assertEquals(14_234, network.get(key).getAsLong());
    }
    assertEquals(164_288, network.get("macs").getAsLong());
    assertTrue(network.get("weightBytes").getAsLong() > 14_234);
    assertEquals(1_856, network.get("peakActivationBytes").getAsLong());
    assertEquals(3_072, network.get("unfusedArenaBytes").getAsLong());
    JsonObject layer = network.getAsJsonArray("layers").get(0).getAsJsonObject();
    assertEquals("conv2d", layer.get("op").getAsString());
    assertEquals("[1,8,8,1]", layer.get("input").toString());
    assertEquals("[1,8,8,16]", layer.get("output").toString());
    assertEquals(160, layer.get("parameters").getAsLong());
    assertEquals(64 * 16 * 9, layer.get("macs").getAsLong());
    assertFalse(layer.get("name").getAsString().isEmpty());
    assertEquals("[3,3]", layer.getAsJsonObject("receptiveField").get("size").toString());
    JsonObject traffic = network.getAsJsonObject("activationTraffic");
    assertEquals(15_402, traffic.getAsJsonObject("unfused").get("elements").getAsLong());
    assertEquals(10_282, traffic.getAsJsonObject("depthwisePointwiseFused").get("bytes").getAsLong());
    assertEquals(10_282, traffic.getAsJsonObject("blocksFused").get("bytes").getAsLong());
    assertEquals("{\"size\":[15,15],\"stride\":[4,4],\"start\":[-4,-4],\"wholeInput\":false,\"layer\":8}",
        network.get("receptiveField").toString());
  }

  @Test
  void inspectPlansTheAcceleratorForABoard() {
    JsonObject plan = json("inspect", Bitwright.DIGITS, "--board", "ulx3s", "--lanes", "30", "--json").getAsJsonObject()
        .getAsJsonObject("accelerator");
    assertEquals(30, plan.get("lanes").getAsInt());
    assertEquals(6_912, plan.get("intervalCycles").getAsLong());
    assertEquals(164_288 / (30.0 * 6_912), plan.get("utilisation").getAsDouble(), 1e-9);
    assertTrue(plan.getAsJsonArray("stages").size() > 12);
    String table = done("inspect", Bitwright.DIGITS, "--board", "pynq-z2").out();
    assertTrue(table.lines().anyMatch(l -> l.matches("s0_conv2d_lines +[\\d,]+ +\\d+ % .*")), table);
    assertTrue(table.contains("limited by    s"), table);
    assertTrue(table.matches("(?s).*DSP +\\d+ of 220 \\(\\d+ %\\).*"), table);
    String controller = done("inspect", Bitwright.DIGITS, "--board", "nucleo-f446re").out();
    assertTrue(controller.contains("1,856 of 131,072 bytes of nucleo-f446re (1 %), without the stack"), controller);
    Outcome few = Bitwright.run("inspect", Bitwright.DIGITS, "--board", "host", "--lanes", "0");
    assertEquals(1, few.status());
    assertEquals("error: 0 lanes are not possible (must be from 10 to 32768) [BW0803]\n", few.err());
    assertEquals(2, Bitwright.run("inspect", Bitwright.DIGITS, "--lanes", "64").status());
  }

  @Test
  void inspectDrawsThePicture() throws IOException {
    for (String extension : List.of("svg", "DOT")) {
      Path file = folder.resolve("new/net." + extension);
      String text = done("inspect", Bitwright.DIGITS, "--graph", file.toString()).out();
      assertTrue(text.startsWith("digits_int8: "), text);
      String start = extension.equals("svg") ? "<svg xmlns=" : "digraph \"digits_int8\" {\n";
      assertTrue(Files.readString(file).startsWith(start), extension);
    }
    try (var files = Files.list(folder.resolve("new"))) {
      assertEquals(2, files.count(), "nothing temporary is left");
    }
    Outcome unknown = Bitwright.run("inspect", Bitwright.DIGITS, "--graph", folder.resolve("net.png").toString());
    assertEquals(2, unknown.status());
    assertTrue(unknown.err().contains("must end in one of .svg, .dot"), unknown.err());
    assertEquals("", unknown.out());
  }

  @Test
  void inspectPrintsATableForPeople() {
    String text = done("inspect", Bitwright.DIGITS).out();
    assertTrue(text.contains("multiply-accumulates            164,288\n"), text);
    assertTrue(text.contains("depthwise_conv2d"), text);
    assertTrue(text.contains("  depthwise + pointwise          10,282 elements          10,282 bytes fused\n"), text);
    assertTrue(text.contains("receptive field                   15x15 pixels at a stride of 4x4, layer 8\n"), text);
    List<String> lines = text.lines().toList();
    int end = lines.get(1).indexOf("MACs") + "MACs".length();
    assertEquals(end, lines.get(2).indexOf("9,216") + "9,216".length(), "numbers end below their heading");
  }

  @Test
  void passesAreShownAndTimedOnStandardError() {
    Outcome outcome =
        done("inspect", Bitwright.DIGITS, "--dump-after", "fold-constants", "--time-passes", "--disable-pass", "fold-tables");
    assertTrue(outcome.err().contains("// after fold-constants\ngraph @"), outcome.err());
    assertTrue(outcome.err().contains(" ms  fuse-activations\n"), outcome.err());
    assertFalse(outcome.err().contains(" ms  fold-tables\n"), outcome.err());
    assertTrue(outcome.out().startsWith("digits_int8: "));
  }

  @Test
  void runClassifiesAPictureAndWritesItsOutput() throws IOException {
    Path labels = Files.writeString(folder.resolve("labels.txt"), "zero\none\ntwo\nthree\n");
    Path output = folder.resolve("out.npy");
    String text = done("run", Bitwright.DIGITS, "--input", Bitwright.picture("000_1.png"), "--output", output.toString(),
        "--top", "2", "--labels", labels.toString()).out();
    List<String> lines = text.lines().toList();
    assertEquals(4, lines.size(), text);
    assertTrue(lines.get(2).matches("  1 +\\S+ +0\\.\\d+ +one"), text);
    byte[] expected = InputFile.readArray(Bitwright.ROOT.resolve("examples/digits/test_outputs_int8.npy")).data();
    assertArrayEquals(Arrays.copyOf(expected, 10), InputFile.readArray(output).data());
    assertEquals(List.of(1, 10), InputFile.readArray(output).shape());
  }

  @Test
  void runWritesEveryOperatorsTensor() throws IOException {
    Path layers = folder.resolve("layers");
    Path output = folder.resolve("out.bin");
    done("run", Bitwright.DIGITS, "--input", Bitwright.picture("001_8.png"), "--output", output.toString(),
        "--dump-layers", layers.toString());
    try (var files = Files.list(layers)) {
      List<Path> names = files.sorted().toList();
      assertEquals("000.bin", names.get(0).getFileName().toString());
      assertEquals(64 * 16, Files.size(names.get(0)));
      assertArrayEquals(Files.readAllBytes(output), Files.readAllBytes(names.get(names.size() - 1)));
    }
  }

  @Test
  void runPrintsJson() {
    JsonObject result = json("run", Bitwright.DIGITS, "--input", Bitwright.picture("001_8.png"), "--json").getAsJsonObject();
    assertEquals(1_856, result.get("arenaBytes").getAsLong());
    assertTrue(result.get("flashBytes").getAsLong() > 14_234);
    assertEquals(8, result.getAsJsonArray("outputs").get(0).getAsJsonObject().getAsJsonArray("top").get(0)
        .getAsJsonObject().get("index").getAsInt());
  }

  @Test
  void compileWritesAWholeTree() {
    Path tree = folder.resolve("tree");
    String text = done("compile", Bitwright.DIGITS, "--target", "c", "--board", "nucleo-f446re", "-o", tree.toString(),
        "--name", "reader").out();
    assertTrue(text.contains("for nucleo-f446re in " + tree), text);
    for (String name : List.of("reader.h", "reader.c", "main.c", "Makefile", "CMakeLists.txt")) {
      assertTrue(Files.isRegularFile(tree.resolve(name)), name);
    }
  }

  @Test
  void outputsOfTheUsersOwnAreHeldAgainstTheInterpreters() throws IOException {
    Path right = folder.resolve("right.npy");
    done("run", Bitwright.DIGITS, "--input", Bitwright.picture("001_8.png"), "--output", right.toString());
    done("verify", Bitwright.DIGITS, "--input", Bitwright.picture("001_8.png"), "--against", right.toString());
    Path wrong = Files.write(folder.resolve("wrong.bin"), new byte[10]);
    Path report = folder.resolve("report");
    Outcome outcome = Bitwright.run("verify", Bitwright.DIGITS, "--input", Bitwright.picture("001_8.png"), "--against",
        wrong.toString(), "--mismatch-dir", report.toString());
    assertEquals(1, outcome.status());
    assertTrue(outcome.out().contains("DIFFERS"), outcome.out());
    assertTrue(outcome.err().contains("output 0 [0, 0]: expected -126 (0.00781250), got 0 (0.500000) [BW0505]"), outcome.err());
    Path reproduction = report.resolve("digits_int8-given-outputs");
    for (String name : List.of("model.tflite", "input0.bin", "expected.bin", "actual.bin", "reproduce.sh", "mismatch.txt")) {
      assertTrue(Files.isRegularFile(reproduction.resolve(name)), name);
    }
  }

  @Test
  void boardsAndToolsAreListed() {
    assertTrue(done("boards").out().contains("nucleo-h743zi  cortex-m7"));
    assertTrue(done("boards", "esp32-c3").out().contains("instruction cache"));
    JsonArray boards = json("boards", "--json").getAsJsonArray();
    assertEquals("host", boards.get(0).getAsJsonObject().get("name").getAsString());
    assertEquals(524_288, json("boards", "nucleo-f446re", "--json").getAsJsonObject().get("flashBytes").getAsLong());
    assertTrue(done("doctor").out().contains("default-jdk-headless"));
    assertTrue(json("doctor", "--json").getAsJsonArray().size() > 3);
  }

  @Test
  void theDemoAgreesWithTflite() {
    Outcome outcome = done("demo");
    assertTrue(outcome.out().contains("interpreter  360 of 360"), outcome.out());
    assertTrue(outcome.out().contains("Every output byte is the one that TFLite's reference kernels gave."));
    JsonObject demo = json("demo", "--json").getAsJsonObject();
    assertEquals(360, demo.getAsJsonObject("interpreter").get("equal").getAsInt());
  }
}
