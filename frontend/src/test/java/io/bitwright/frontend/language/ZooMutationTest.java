package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Damaged descriptions of the zoo build or are refused: nothing else is thrown, and nothing takes long. */
class ZooMutationTest {
  private static final int MUTANTS = 2_000;
  private static final long SLOWEST_NANOS = 5_000_000_000L;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z_0-9.]+|\"[^\"]*\"|\\|>|[^\\sA-Za-z_0-9]");
  private static final List<String> SPICE = List.of("0", "-1", "1000000000", "9223372036854775807", "1e300", "(", ")",
      "{", "}", "[", "]", "\"", ";", ",", "|>", "..", "=", "not", "for", "if", "table", "return", "x", "image", "3",
      "concat", "conv", "#", "\u0000", "\u00e9", "0.0");

  private static List<Path> zoo() throws IOException {
    Path folder = Path.of("src/main/resources/io/bitwright/zoo");
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".bw")).sorted().toList();
    }
  }

  @Test
  void damagedDescriptionsAreRefusedOrBuilt() throws IOException {
    Random random = new Random(7);
    List<Path> files = zoo();
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Path file = files.get(random.nextInt(files.size()));
      String text = mutate(Files.readString(file), random);
      long start = System.nanoTime();
      try {
        Description.parse(file.toString(), text).build(Map.of());
      } catch (DiagnosticException e) {
        refused++;
        assertTrue(e.diagnostics().get(0).location().line() > 0, e.getMessage());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("mutant " + i + " of " + file + ":\n" + text, e);
      }
      long nanos = System.nanoTime() - start;
      assertTrue(nanos < SLOWEST_NANOS, () -> "mutant of " + file + " took " + nanos / 1_000_000 + " ms:\n" + text);
    }
    assertTrue(refused > MUTANTS / 2, refused + " refused");
  }

  private static String mutate(String text, Random random) {
    String result = text;
    int edits = 1 + random.nextInt(3);
    for (int i = 0; i < edits; i++) {
      result = edit(result, random);
    }
    return result;
  }

  private static String edit(String text, Random random) {
    List<int[]> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new int[] {matcher.start(), matcher.end()});
    }
    if (tokens.isEmpty()) {
      return text;
    }
    int[] one = tokens.get(random.nextInt(tokens.size()));
    int[] other = tokens.get(random.nextInt(tokens.size()));
    String instead = switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> text.substring(other[0], other[1]);
      case 2 -> SPICE.get(random.nextInt(SPICE.size()));
      default -> text.substring(one[0], one[1]) + " " + SPICE.get(random.nextInt(SPICE.size()));
    };
    return text.substring(0, one[0]) + instead + text.substring(one[1]);
  }
}
