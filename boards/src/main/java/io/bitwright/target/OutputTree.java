package io.bitwright.target;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Emitted files by path relative to the output folder, with '/' between parts. Immutable. */
public final class OutputTree {
  private final SortedMap<String, byte[]> files;

  private OutputTree(SortedMap<String, byte[]> files) {
    this.files = files;
  }

  /** Paths in order, each with its contents (not to be changed). */
  public SortedMap<String, byte[]> files() {
    return Collections.unmodifiableSortedMap(files);
  }

  /** Collects files. */
  public static final class Builder {
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    /**
     * Adds a text file in UTF-8.
     *
     * @throws IllegalArgumentException if the path is absolute, climbs or is taken
     */
    public Builder add(String path, String text) {
      return add(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public Builder add(String path, byte[] contents) {
      if (path.startsWith("/") || path.contains("..") || path.contains("\\") || files.containsKey(path)) {
        throw new IllegalArgumentException("path " + path);
      }
      files.put(path, contents.clone());
      return this;
    }

    public OutputTree build() {
      return new OutputTree(new TreeMap<>(files));
    }
  }
}
