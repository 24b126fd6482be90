package io.bitwright.conformance.rtl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.runners.ExternalTool;
import io.bitwright.tracer.RequiredTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Whether yosys, where it is installed, reads a design. */
final class Yosys {
  private static final ExternalTool TOOL = new ExternalTool("yosys", "yosys", "reads generated SystemVerilog");

  private Yosys() {}

  /**
   * Reads all modules and resolves the hierarchy under a top.
   *
   * @param sources  folder of the .sv files
   * @param folder  that holds the folder of memory images
   */
  static void read(Path sources, Path folder, String top) {
    if (!RequiredTools.has(List.of(TOOL))) {
      return;
    }
    String script = "read_verilog -sv " + sources.toAbsolutePath() + "/*.sv; hierarchy -check -top " + top + "; proc";
    try {
      Process process = new ProcessBuilder(TOOL.command(), "-q", "-p", script).directory(folder.toFile())
          .redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
