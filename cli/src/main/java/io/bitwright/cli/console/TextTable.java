package io.bitwright.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells in columns, the first one of headings; columns of numbers are set to the right. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The table, a string a line, without trailing blanks. */
  public List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    boolean[] numbers = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      int column = c;
      widths[c] = rows.stream().filter(row -> column < row.size()).mapToInt(row -> row.get(column).length()).max()
          .orElse(0);
      numbers[c] = c > 0 && isOfNumbers(c);
    }
    return rows.stream().map(row -> line(row, widths, numbers)).toList();
  }

  /** Whether most of the cells begin with a digit. */
  private boolean isOfNumbers(int column) {
    List<String> cells = rows.stream().skip(1).filter(row -> column < row.size()).map(row -> row.get(column)).toList();
    long numbers = cells.stream().filter(cell -> !cell.isEmpty() && Character.isDigit(cell.charAt(0))).count();
    return 2 * numbers > cells.size();
  }

  private static String line(List<String> row, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.size(); c++) {
      String cell = row.get(c);
      String blanks = " ".repeat(widths[c] - cell.length());
      line.append(numbers[c] ? blanks + cell : cell + blanks).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
