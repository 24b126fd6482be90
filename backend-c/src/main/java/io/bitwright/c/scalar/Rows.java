package io.bitwright.c.scalar;

import java.util.ArrayList;
import java.util.List;

/** Lays out the entries of an array in lines of at most 116 characters. */
public final class Rows {
  private static final int LONGEST = 112;

  private Rows() {}

  /** Lines of entries, each entry followed by a comma. */
  public static List<String> of(Iterable<String> entries) {
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    for (String entry : entries) {
      if (row.length() + entry.length() + 2 > LONGEST) {
        rows.add(row.toString());
        row.setLength(0);
      }
      row.append(row.length() == 0 ? "" : " ").append(entry).append(',');
    }
    if (row.length() > 0) {
      rows.add(row.toString());
    }
    return rows;
  }
}
