package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.cli.Bitwright.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --quantize} on every command that takes a model. */
class QuantizeOptionTest {
  private static Outcome run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "zoo:mobilenet_v1", "--set", "alpha=0.25", "--set",
        "resolution=32", "--set", "classes=4", "--quantize"));
    arguments.addAll(List.of(more));
    Outcome outcome = Bitwright.run(arguments.toArray(String[]::new));
    assertEquals(0, outcome.status(), outcome.err());
    assertEquals("note: zoo:mobilenet_v1 has no weights, they are made of seed 1\n"
        + "note: zoo:mobilenet_v1 is quantised to int8 from 8 generated inputs\n", outcome.err());
    return outcome;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void inspectTellsOfTypesAndBytes() {
    JsonObject json = JsonParser.parseString(run("inspect", "--json").out()).getAsJsonObject();
    assertEquals(214_100, json.get("trainableParameters").getAsLong());
    long folded = json.get("foldedParameters").getAsLong();
    assertEquals(folded, json.get("parameters").getAsLong());
    long weightBytes = json.get("weightBytes").getAsLong();
    assertTrue(weightBytes > folded && weightBytes < 2 * folded, "a byte a weight, four a bias: " + weightBytes);
    assertEquals("i8", json.getAsJsonArray("inputs").get(0).getAsJsonObject().get("type").getAsString());
    assertEquals("i8", json.getAsJsonArray("outputs").get(0).getAsJsonObject().get("type").getAsString());
  }

  @Test
  void theAcceleratorTakesIntegers() {
    Outcome outcome = Bitwright.run("inspect", "zoo:mobilenet_v1", "--set", "alpha=0.25", "--set", "resolution=32",
        "--set", "classes=4", "--board", "kv260");
    assertEquals(0, outcome.status(), outcome.err());
    assertTrue(outcome.err().contains("quantised to int8"), outcome.err());
  }

  @Test
  void compileWritesIntegers(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("c");
    run("compile", "-o", out.toString());
    String source = Files.readString(out.resolve("mobilenet_v1.c"));
    assertTrue(source.contains("int8_t") && !source.contains("float"), "no float");
  }

  @Test
  void runTakesAndGivesCodes(@TempDir Path folder) throws IOException {
    Path input = folder.resolve("in.bin");
    Files.write(input, new byte[32 * 32 * 3]);
    Path layers = folder.resolve("layers");
    run("run", "--input", input.toString(), "--output", folder.resolve("out.bin").toString(), "--dump-layers",
        layers.toString());
    assertEquals(4, Files.size(folder.resolve("out.bin")));
    assertEquals("000.bin", files(layers).get(0));
    assertEquals(16 * 16 * 8, Files.size(layers.resolve("003.bin")), "the first activation, a byte an element");
  }

  @Test
  void verifyHoldsTheIntegers() {
    assertTrue(run("verify", "--random", "2", "--targets", "c").out().contains("equal"), "equal");
  }

  @Test
  void aQuantisedNetworkStaysAsItIs() {
    Outcome plain = Bitwright.run("inspect", Bitwright.DIGITS, "--json");
    Outcome outcome = Bitwright.run("inspect", Bitwright.DIGITS, "--json", "--quantize");
    assertEquals(0, outcome.status());
    assertEquals("note: " + Bitwright.DIGITS + " is quantised already, --quantize changes nothing\n", outcome.err());
    assertEquals(plain.out(), outcome.out());
  }
}
