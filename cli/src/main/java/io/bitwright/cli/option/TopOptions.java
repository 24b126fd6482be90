package io.bitwright.cli.option;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the classes of an output are shown. */
public final class TopOptions {
  private static final int DEFAULT_COUNT = 5;

  @Option(names = "--top", paramLabel = "N", description = "Show the N largest elements of each output.")
  private Optional<Integer> count = Optional.empty();

  @Option(names = "--labels", paramLabel = "FILE", description = "Names of the classes, a line each.")
  private Optional<Path> file = Optional.empty();

  /** How many; negative where the user asked for none. */
  public int count() {
    return count.map(n -> n < 1 ? -1 : n).orElse(DEFAULT_COUNT);
  }

  public List<String> labels() {
    return file.map(TopOptions::read).orElse(List.of());
  }

  private static List<String> read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, file, e.getClass().getSimpleName());
    }
  }
}
