package io.bitwright.frontend.tflite;

import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The one-operator files that the conformance tests run against TFLite's results. */
final class OperatorFiles {
  private static final List<String> SUITES = List.of("movement", "arithmetic", "int16");
  private static final int OPERATOR = 1;

  private OperatorFiles() {}

  private static Path folder(String suite) {
    return TestData.inRepository("hardware-tests/src/test/resources/tflite/" + suite).orElseThrow();
  }

  private static List<String[]> index(String suite) {
    try {
      return Files.readAllLines(folder(suite).resolve("INDEX.tsv")).stream().skip(1).map(l -> l.split("\t")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of all operators that have a file. */
  static Set<String> operators() {
    Set<String> names = new TreeSet<>();
    SUITES.forEach(suite -> index(suite).forEach(row -> names.add(row[OPERATOR])));
    names.remove("GRAPH");
    return names;
  }

  /** The first file of each operator. */
  static List<byte[]> oneOfEach() {
    List<byte[]> files = new ArrayList<>();
    for (String suite : SUITES) {
      Set<String> seen = new HashSet<>();
      for (String[] row : index(suite)) {
        if (seen.add(row[OPERATOR])) {
          files.add(read(folder(suite).resolve(row[0] + ".tflite")));
        }
      }
    }
    return files;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
