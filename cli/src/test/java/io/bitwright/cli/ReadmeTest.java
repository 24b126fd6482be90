package io.bitwright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.cli.Bitwright.Outcome;
import io.bitwright.cli.tools.SystemTools;
import io.bitwright.compiler.BackEnds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every command that the README shows; those that name rtl run where the RTL back end is built. */
class ReadmeTest {
  /** Shown, but no command of the tool. */
  private static final Set<String> OTHERS = Set.of("./test");
  @TempDir
  private Path folder;

  static Stream<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean shell = false;
    for (String line : Files.readAllLines(Bitwright.ROOT.resolve("README.md"))) {
      if (line.startsWith("```")) {
        shell = line.equals("```sh");
      } else if (shell && !line.isBlank() && !line.contains("rtl")) {
        commands.add(line);
      }
    }
    return commands.stream();
  }

  @Test
  void theReadmeShowsTheTwoCommandsFirst() throws IOException {
    assertEquals(List.of("./bitwright demo", "./test"), commands().limit(2).toList());
    assertTrue(OTHERS.stream().allMatch(other -> Files.isExecutable(Bitwright.ROOT.resolve(other))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandWorks(String line) {
    if (OTHERS.contains(line)) {
      return;
    }
    assertTrue(line.startsWith("./bitwright "), line);
    for (String name : List.of("c", "hls")) {
      boolean runs = line.contains("--on " + name + " ") || line.contains("--targets " + name + " ");
      assumeTrue(!runs || SystemTools.missing(BackEnds.executor(name)).isEmpty(), "the tools that run it are not there");
    }
    List<String> arguments = new ArrayList<>();
    for (String word : line.substring("./bitwright ".length()).split(" ")) {
      boolean output = !arguments.isEmpty()
          && Set.of("-o", "--output", "--graph").contains(arguments.get(arguments.size() - 1));
      arguments.add(output ? folder.resolve(word).toString()
          : word.startsWith("examples/") ? Bitwright.ROOT.resolve(word).toString() : word);
    }
    Outcome outcome = Bitwright.run(arguments.toArray(String[]::new));
    assertEquals(0, outcome.status(), outcome.err());
    assertFalse(outcome.out().isBlank());
  }
}
