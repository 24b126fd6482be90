package io.bitwright.hls;

import java.util.ArrayList;
import java.util.List;

/**
 * A constant array of the weights file.
 *
 * @param dimensions  {@code [72][8][4]}
 * @param rows  its entries in braces
 * @param pragmas  what it is built of, for the function that reads it; without the word HLS
 */
public record ConstantArray(String type, String name, String comment, String dimensions, List<String> rows,
    List<String> pragmas) {
  private static final int LONGEST = 112;

  /** Two dimensions. */
  static ConstantArray of(String type, String name, String comment, long[][] entries, List<String> pragmas) {
    List<String> tokens = new ArrayList<>();
    for (long[] row : entries) {
      append(tokens, "{", row, 0, row.length, "},");
    }
    return new ConstantArray(type, name, comment, "[" + entries.length + "][" + entries[0].length + "]", rows(tokens),
        pragmas);
  }

  /** Three dimensions; each row of {@code entries} is cut into pieces of {@code last}. */
  static ConstantArray of(String type, String name, String comment, long[][] entries, int last, List<String> pragmas) {
    List<String> tokens = new ArrayList<>();
    int middle = entries[0].length / last;
    for (long[] row : entries) {
      for (int m = 0; m < middle; m++) {
        append(tokens, m == 0 ? "{{" : "{", row, m * last, last, m == middle - 1 ? "}}," : "},");
      }
    }
    return new ConstantArray(type, name, comment, "[" + entries.length + "][" + middle + "][" + last + "]",
        rows(tokens), pragmas);
  }

  private static void append(List<String> tokens, String before, long[] row, int from, int count, String after) {
    for (int i = 0; i < count; i++) {
      tokens.add((i == 0 ? before : "") + literal(row[from + i]) + (i == count - 1 ? after : ","));
    }
  }

  /** C++ has no negative literals: the least number of 32 bits is written as a difference. */
  private static String literal(long value) {
    return value == Integer.MIN_VALUE ? "-2147483647 - 1" : String.valueOf(value);
  }

  /** Lines of at most 112 characters of a list of numbers. */
  static List<String> numbers(List<Long> entries) {
    return rows(entries.stream().map(e -> (e == Long.MIN_VALUE ? e + 1 + "LL - 1" : literal(e)) + ",").toList());
  }

  private static List<String> rows(List<String> tokens) {
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    for (String token : tokens) {
      if (row.length() + token.length() + 1 > LONGEST) {
        rows.add(row.toString());
        row.setLength(0);
      }
      row.append(row.length() == 0 ? "" : " ").append(token);
    }
    rows.add(row.toString());
    return rows;
  }
}
