package io.bitwright.conformance.operators;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lists of one-operator cases in the folders of resources that have them. */
public final class OperatorIndex {
  private static final List<String> FOLDERS =
      List.of("opvectors", "tflite/movement", "tflite/arithmetic", "tflite/int16", "tflite/int16_functions");

  private OperatorIndex() {}

  /**
   * A line of the list.
   *
   * @param folder  of the case's files
   * @param operator  as in the TFLite schema; {@code GRAPH} for a few operators together
   * @param type  of the operator's data
   */
  public record Entry(String folder, String name, String operator, String type) {
    /** A file of the case. */
    byte[] file(String extension) {
      return resource(folder, name + extension);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<String> folders() {
    return FOLDERS;
  }

  /** All cases, in the order of the folders' lists. */
  public static List<Entry> entries() {
    return FOLDERS.stream().flatMap(folder -> entries(folder).stream()).toList();
  }

  static List<Entry> entries(String folder) {
    List<Entry> entries = new ArrayList<>();
    new String(resource(folder, "INDEX.tsv"), StandardCharsets.UTF_8).lines().skip(1).forEach(line -> {
      String[] columns = line.split("\t");
      entries.add(new Entry(folder, columns[0], columns[1], columns[2]));
    });
    return entries;
  }

  private static byte[] resource(String folder, String file) {
    String path = "/" + folder + "/" + file;
    try (InputStream stream = OperatorIndex.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
