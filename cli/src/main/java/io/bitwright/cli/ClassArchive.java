package io.bitwright.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Goes through what short commands do, so that the virtual machine can archive the classes they load. Run by the
 * launcher once a build; prints nothing and leaves nothing.
 */
final class ClassArchive {
  private ClassArchive() {}

  /** Takes the repository's folder. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    Path folder = Files.createTempDirectory("bitwright-archive");
    String model = root.resolve("examples/digits/digits_int8.tflite").toString();
    String picture = root.resolve("examples/digits/pictures/000_1.png").toString();
    Path tree = folder.resolve("tree");
    for (List<String> line : List.of(List.of("--help"), List.of("boards"), List.of("inspect", model),
        List.of("inspect", model, "--json"), List.of("compile", model, "--target", "c", "-o", tree.toString()),
        List.of("run", model, "--input", picture))) {
      Main.run(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), line.toArray(String[]::new));
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
