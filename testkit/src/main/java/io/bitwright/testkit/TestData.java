package io.bitwright.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the files for tests are.
 *
 * <p>The reference data are not part of the repository: a test that needs them is skipped where they are absent, with
 * {@code assumeTrue(TestData.root().isPresent())}. Their folder is the system property {@code bitwright.data}, else the
 * environment variable {@code BITWRIGHT_DATA}, else {@code shared/data} beside the repository.
 */
public final class TestData {
  private TestData() {}

  /** The folder of the reference data, where there is one. */
  public static Optional<Path> root() {
    String named = System.getProperty("bitwright.data", System.getenv("BITWRIGHT_DATA"));
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    return above("shared/data");
  }

  /** A file or folder of the reference data. */
  public static Optional<Path> find(String relative) {
    return root().map(r -> r.resolve(relative)).filter(Files::exists);
  }

  /** A file or folder of the repository. */
  public static Optional<Path> inRepository(String relative) {
    return above(relative);
  }

  /** Looks in the working folder, which is the module's, and the three above it. */
  private static Optional<Path> above(String relative) {
    Path folder = Path.of("").toAbsolutePath();
    for (int i = 0; i < 4 && folder != null; i++) {
      if (Files.exists(folder.resolve(relative))) {
        return Optional.of(folder.resolve(relative));
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }
}
