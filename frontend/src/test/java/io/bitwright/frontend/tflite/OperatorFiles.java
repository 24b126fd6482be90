package io.bitwright.frontend.tflite;

import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.tflite.schema.TfliteFile;
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

  /** Names of all operators that a file has. */
  static Set<String> operators() {
    Set<String> names = new TreeSet<>();
    for (byte[] bytes : oneOfEach()) {
      TfliteFile file = TfliteFile.open(bytes, "net.tflite");
      FlatVector operators = file.subgraph().vector(3, 4);
      for (int i = 0; i < operators.count(); i++) {
        names.add(file.operatorCode(operators.table(i)).name());
      }
    }
    return names;
  }

  /** The first file of each operator and of each kind of graph. */
  static List<byte[]> oneOfEach() {
    List<byte[]> files = new ArrayList<>();
    for (String suite : SUITES) {
      Set<String> seen = new HashSet<>();
      for (String[] row : index(suite)) {
        String kind = row[OPERATOR].equals("GRAPH") ? row[0].substring(0, row[0].indexOf('_')) : row[OPERATOR];
        if (seen.add(kind)) {
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
