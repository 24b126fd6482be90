package io.bitwright.conformance.cmsis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.conformance.Case;
import io.bitwright.ir.op.Rounding;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The folder of CMSIS-NN's vectors; asking for it skips the test where it is absent. */
final class CmsisVectors {
  private static final String EXTENSION = ".json";

  private CmsisVectors() {}

  static Path folder() {
    Optional<Path> folder = TestData.find("suites/cmsis_nn_s8");
    assumeTrue(folder.isPresent(), "no reference data");
    return folder.orElseThrow();
  }

  /** File names without extension. */
  static SortedSet<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      SortedSet<String> names = new TreeSet<>();
      files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(EXTENSION))
          .forEach(n -> names.add(n.substring(0, n.length() - EXTENSION.length())));
      return names;
    }
  }

  static CmsisVector read(String name) throws IOException {
    return CmsisVector.read(folder().resolve(name + EXTENSION));
  }

  /** One vector as a program. */
  static Case load(String name, Rounding rounding) throws IOException {
    return CmsisPrograms.of(Family.of(name).orElseThrow(), read(name), rounding);
  }

  /** The names of all vectors that are taken, by family. */
  static List<String> taken() {
    return Arrays.stream(Family.values()).filter(Family::taken).flatMap(f -> f.names().stream()).toList();
  }
}
