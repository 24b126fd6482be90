package io.bitwright.ir.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bitwright.testkit.GoldenText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenPassTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final GoldenText RUNNER = new GoldenText(StandardPipeline.create());

  static Stream<Path> files() {
    return GoldenText.files(GOLDEN).stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file(Path file) {
    RUNNER.check(file);
  }

  @Test
  void everyPassHasAFile() {
    Set<String> names = GoldenText.files(GOLDEN.resolve("passes")).stream()
        .map(f -> f.getFileName().toString().replace(".graph", "")).collect(Collectors.toSet());
    assertTrue(names.containsAll(StandardPipeline.create().names()), names.toString());
  }

  @Test
  void theRunnerSeesDifferences(@TempDir Path folder) throws IOException {
    assumeFalse("update".equals(System.getProperty("golden")), "rewriting");
    String identity = """
        graph @g {
          %0 = input : tensor<1x2 x f32>
          return %0
        }
        """;
    assertRefused(folder, identity);
    assertRefused(folder, "// run: elide-reshapes\n" + identity + "// ---- expect\n" + identity.replace("1x2", "1x3"));
    assertRefused(folder, "// run: no-such-pass\n" + identity + "// ---- expect\n" + identity);
    assertRefused(folder, "// run: verify\n" + identity.replace("f32>", "i64>"));
    assertRefused(folder, "// run: verify\n" + identity.replace("f32>", "f32> // error: BW0303 has element type"));
    assertRefused(folder, "// run: verify\n" + identity.replace("f32>", "i64> // error: BW0303 something else"));
    assertRefused(folder, "// run: verify\n" + identity.replace("f32>", "i64> // error: BW0302 has element type"));
    List<String> good = List.of(
        "// run: elide-reshapes\n" + identity + "// ---- expect\n" + identity,
        "// run: verify\n" + identity.replace("f32>", "i64> // error: BW0303 has element type"));
    Path file = folder.resolve("good.graph");
    for (String text : good) {
      Files.writeString(file, text);
      RUNNER.check(file);
    }
    assertEquals(List.of(file), GoldenText.files(folder).stream().filter(f -> f.endsWith("good.graph")).toList());
  }

  private static void assertRefused(Path folder, String text) throws IOException {
    Path file = folder.resolve("bad.graph");
    Files.writeString(file, text);
    assertThrows(AssertionError.class, () -> RUNNER.check(file), text);
  }
}
