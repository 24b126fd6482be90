package io.bitwright.tracer;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.bitwright.runners.ExternalTool;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Skips a test whose external tools are not installed; where the variable CI is {@code true} it fails instead. */
public final class RequiredTools {
  static final ExternalTool GPP = new ExternalTool("g++", "g++", "simulates generated HLS C++");
  public static final ExternalTool GCC = new ExternalTool("gcc", "gcc", "builds generated C");

  private RequiredTools() {}

  public static void require(List<ExternalTool> tools) {
    String missing = tools.stream().filter(t -> !isInstalled(t)).map(ExternalTool::debianPackage).distinct()
        .collect(Collectors.joining(", "));
    if (missing.isEmpty()) {
      return;
    }
    String message = "not installed: " + missing;
    if ("true".equals(System.getenv("CI"))) {
      fail(message);
    }
    abort(message);
  }

  /** Whether tools that only part of a test needs are installed; where CI is {@code true} they must be. */
  public static boolean has(List<ExternalTool> tools) {
    boolean installed = tools.stream().allMatch(RequiredTools::isInstalled);
    if (!installed && "true".equals(System.getenv("CI"))) {
      require(tools);
    }
    return installed;
  }

  private static boolean isInstalled(ExternalTool tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool.command())));
  }
}
