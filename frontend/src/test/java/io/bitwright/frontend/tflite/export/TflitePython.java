package io.bitwright.frontend.tflite.export;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Python that has TFLite's runtime: the one that BITWRIGHT_TFLITE_PYTHON names, else one made under target/ with what
 * PyPI has. Where neither is to be had the test is skipped.
 */
final class TflitePython {
  /**
   * The last whose reference kernels are those of TensorFlow 2.18: later ones round sums of fully connected operators
   * once, half away from zero.
   */
  private static final String VERSION = "1.2.0";
  private static final Path SCRIPT = Path.of("src/test/python/run_tflite.py");
  private static final Path OWN = Path.of("target/tflite-python-" + VERSION);

  private TflitePython() {}

  /** The command that runs a folder of {@link Exchange}; the folder is still missing. */
  static List<String> command(String resolver) throws IOException, InterruptedException {
    return List.of(python(), SCRIPT.toAbsolutePath().toString(), resolver);
  }

  private static String python() throws IOException, InterruptedException {
    String named = System.getenv("BITWRIGHT_TFLITE_PYTHON");
    if (named != null && !named.isBlank()) {
      return named;
    }
    String own = OWN.resolve("bin/python").toAbsolutePath().toString();
    if (!succeeds(own, "-c", "import ai_edge_litert, numpy")) {
      boolean made = succeeds("python3", "-m", "venv", OWN.toString())
          && succeeds(own, "-m", "pip", "install", "--quiet", "ai-edge-litert==" + VERSION, "numpy<3");
      assumeTrue(made, "no Python with TFLite: BITWRIGHT_TFLITE_PYTHON names none, and none could be made from PyPI");
    }
    return own;
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Files.createDirectories(OWN.toAbsolutePath().getParent());
      return new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }
}
