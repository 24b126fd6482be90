package io.bitwright.conformance.operators;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The list of one-operator cases in resources/opvectors. */
public final class OperatorIndex {
  private static final String FOLDER = "/opvectors/";

  private OperatorIndex() {}

  /**
   * A line of the list.
   *
   * @param operator  as in the TFLite schema; {@code GRAPH} for a few operators together
   * @param type  of the operator's data
   */
  public record Entry(String name, String operator, String type) {}

  /** All cases, in the order of the list. */
  public static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    new String(resource("INDEX.tsv"), StandardCharsets.UTF_8).lines().skip(1).forEach(line -> {
      String[] columns = line.split("\t");
      entries.add(new Entry(columns[0], columns[1], columns[2]));
    });
    return entries;
  }

  static List<String> names() {
    return entries().stream().map(Entry::name).toList();
  }

  /** A file of the folder. */
  static byte[] resource(String file) {
    try (InputStream stream = OperatorIndex.class.getResourceAsStream(FOLDER + file)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + FOLDER + file);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
