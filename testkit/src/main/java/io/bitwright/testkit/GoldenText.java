package io.bitwright.testkit;

import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.rewrite.Pass;
import io.bitwright.ir.rewrite.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs test files of graph text. The first line says what to run:
 *
 * <ul>
 *   <li>{@code // run: fold-padding, elide-reshapes}: these passes; the printed result is the text after the line
 *       {@code // ---- expect}. {@code -Dgolden=update} rewrites that part.
 *   <li>{@code // run: verify}: parser and verifier; every line with a fault ends in {@code // error: BW0303 words of the
 *       message}, and no other line has one.
 * </ul>
 */
public final class GoldenText {
  private static final String RUN = "// run: ";
  private static final String EXPECT = "// ---- expect\n";
  private static final String ERROR = "// error: ";

  private final Pipeline pipeline;

  /** Finds passes in this pipeline. */
  public GoldenText(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** All test files below a folder, in the order of their names. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(f -> f.toString().endsWith(".graph")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one file. */
  public void check(Path file) {
    String text = read(file);
    String first = text.lines().findFirst().orElse("");
    if (!first.startsWith(RUN)) {
      throw new AssertionError(file + " does not begin with '" + RUN + "'");
    }
    String run = first.substring(RUN.length()).strip();
    if (run.equals("verify")) {
      checkErrors(file.getFileName().toString(), text);
    } else {
      checkPasses(file, text, List.of(run.split("\\s*,\\s*")));
    }
  }

  private void checkPasses(Path file, String text, List<String> names) {
    int split = text.indexOf(EXPECT);
    String input = split < 0 ? text : text.substring(0, split);
    String expected = split < 0 ? "" : text.substring(split + EXPECT.length());
    Graph graph = GraphParser.parse(input);
    GraphVerifier.requireValid(graph);
    for (String name : names) {
      Pass pass = pipeline.pass(name).orElseThrow(() -> new AssertionError(file + ": no pass '" + name + "'"));
      graph = pass.apply(graph);
    }
    String actual = GraphPrinter.print(graph).text();
    if ("update".equals(System.getProperty("golden"))) {
      write(file, input + EXPECT + actual);
    } else if (!actual.equals(expected)) {
      throw new AssertionError(file + ": the result is\n" + actual + "expected\n" + expected);
    }
  }

  private static void checkErrors(String name, String text) {
    Map<Integer, String> expected = new TreeMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int at = lines.get(i).indexOf(ERROR);
      if (at >= 0) {
        expected.put(i + 1, lines.get(i).substring(at + ERROR.length()).strip());
      }
    }
    for (Diagnostic found : faults(name, text)) {
      String words = expected.remove(found.location().line());
      String code = found.id().code();
      boolean matches = words != null && words.startsWith(code)
          && found.message().contains(words.substring(code.length()).strip());
      if (!matches) {
        throw new AssertionError("expected '" + words + "', found " + found.render());
      }
    }
    if (!expected.isEmpty()) {
      throw new AssertionError(name + ": no error on lines " + expected);
    }
  }

  private static List<Diagnostic> faults(String name, String text) {
    try {
      return GraphVerifier.verify(GraphParser.parse(name, text, Map.of()));
    } catch (DiagnosticException e) {
      return e.diagnostics();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
