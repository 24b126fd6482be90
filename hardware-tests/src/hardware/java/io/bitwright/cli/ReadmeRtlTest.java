package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.runners.verilator.Verilator;
import io.bitwright.tracer.RequiredTools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with the RTL back end: what the README shows, and the keys that scripts rely on. */
@Tag("simulator")
class ReadmeRtlTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir
  private Path folder;

  @BeforeAll
  static void requireTools() {
    RequiredTools.require(Verilator.tools());
  }

  private static String done(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    assertEquals(0, status, err.toString());
    return out.toString();
  }

  private List<String> arguments(String line) {
    List<String> arguments = new ArrayList<>();
    for (String word : line.substring("./bitwright ".length()).split(" ")) {
      boolean output = !arguments.isEmpty() && Set.of("-o", "--output").contains(arguments.get(arguments.size() - 1));
      arguments.add(output ? folder.resolve(word).toString()
          : word.startsWith("examples/") ? ROOT.resolve(word).toString() : word);
    }
    return arguments;
  }

  @Test
  void everyCommandWorks() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("README.md")).stream()
        .filter(line -> line.startsWith("./bitwright ") && line.contains("rtl")).toList();
    assertFalse(lines.isEmpty());
    for (String line : lines) {
      assertFalse(done(arguments(line)).isBlank(), line);
    }
    assertTrue(Files.isRegularFile(folder.resolve("digits_rtl/rtl/files.f")));
  }

  @Test
  void runPrintsTheKeysOfTheContract() {
    JsonObject run = JsonParser.parseString(done(arguments("./bitwright run examples/digits/digits_int8.tflite --on rtl"
        + " --lanes 16 --frames 2 --input examples/digits/pictures/003_9.png --json"))).getAsJsonObject();
    for (String key : List.of("intervalCycles", "latencyCycles", "lanes", "utilisation")) {
      assertTrue(run.get(key).getAsDouble() > 0, key);
    }
    assertEquals(9, run.getAsJsonArray("outputs").get(0).getAsJsonObject().getAsJsonArray("top").get(0)
        .getAsJsonObject().get("index").getAsInt());
  }
}
