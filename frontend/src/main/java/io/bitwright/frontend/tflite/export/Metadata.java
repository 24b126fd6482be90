package io.bitwright.frontend.tflite.export;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file says about itself.
 *
 * @param description  a sentence
 * @param entries  texts by name, written in the order of their names
 */
public record Metadata(String description, SortedMap<String, String> entries) {
  public Metadata {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** A description alone. */
  public static Metadata of(String description) {
    return new Metadata(description, new TreeMap<>());
  }

  /** A description and entries in any order. */
  public static Metadata of(String description, Map<String, String> entries) {
    return new Metadata(description, new TreeMap<>(entries));
  }
}
