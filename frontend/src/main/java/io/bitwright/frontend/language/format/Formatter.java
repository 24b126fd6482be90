package io.bitwright.frontend.language.format;

import io.bitwright.frontend.language.grammar.BwLexer;
import io.bitwright.frontend.language.syntax.DescriptionParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lays out a description: indentation, spaces, at most one empty line, aligned tables. It keeps tokens, comments and
 * the author's line breaks outside of tables; formatting its own result changes nothing.
 */
public final class Formatter {
  private static final int CONTINUATION = 2;

  /** A line of the result before tables are aligned. */
  private record Line(int indentation, List<Piece> pieces, List<String> texts) {
    boolean isRow() {
      int last = pieces.size() - (pieces.get(pieces.size() - 1).isComment() ? 2 : 1);
      return last >= 0 && pieces.get(last).is(";") && pieces.get(0).table() > 0;
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private final Brackets brackets = new Brackets();
  private Piece before;
  private Piece earlier;

  private Formatter() {}

  /**
   * The formatted text.
   *
   * @param file  for messages
   * @throws io.bitwright.ir.diag.DiagnosticException if the text is no description
   */
  public static String format(String file, String text) {
    DescriptionParser.parse(file, text);
    Formatter formatter = new Formatter();
    for (List<Piece> line : lines(TableRows.onOwnLines(Piece.of(text)))) {
      formatter.add(line);
    }
    return formatter.text();
  }

  private static List<List<Piece>> lines(List<Piece> pieces) {
    List<List<Piece>> lines = new ArrayList<>();
    for (Piece piece : pieces) {
      if (lines.isEmpty() || piece.breaks() > 0) {
        lines.add(new ArrayList<>());
      }
      lines.get(lines.size() - 1).add(piece);
    }
    return lines;
  }

  private void add(List<Piece> pieces) {
    int closing = 0;
    while (closing < pieces.size() && pieces.get(closing).closes()) {
      closing++;
    }
    Piece first = pieces.get(0);
    boolean continued = first.continues() || before != null && !first.isComment() && (before.continues() || before.is("="));
    int indentation = brackets.indentation(closing) + (continued ? CONTINUATION : 0);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      String space = "";
      if (piece.isComment()) {
        space = i == 0 ? "" : "  ";
      } else if (i > 0 && Spacing.between(earlier, before, piece, brackets.innermost())) {
        space = " ";
      }
      texts.add(space + piece.text());
      if (!piece.isComment()) {
        brackets.follow(piece, before, earlier);
        earlier = before;
        before = piece;
      }
    }
    lines.add(new Line(indentation, pieces, texts));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      Piece last = i == 0 ? null : last(lines.get(i - 1));
      boolean empty = last != null && line.pieces().get(0).breaks() > 1 && !last.is("{")
          && !line.pieces().get(0).is("}");
      text.append(empty ? "\n" : "").append(" ".repeat(line.indentation()));
      text.append(line.isRow() ? row(line) : String.join("", line.texts())).append('\n');
    }
    return text.toString();
  }

  private static Piece last(Line line) {
    return line.pieces().get(line.pieces().size() - 1);
  }

  private String row(Line line) {
    int table = line.pieces().get(0).table();
    List<List<String>> rows = lines.stream().filter(l -> l.isRow() && l.pieces().get(0).table() == table)
        .map(Formatter::cells).toList();
    List<String> cells = cells(line);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      int column = i;
      boolean padded = i + 1 < cells.size();
      int width = padded ? rows.stream().filter(r -> r.size() > column + 1).mapToInt(r -> r.get(column).length()).max()
          .orElse(0) : 0;
      text.append(i == 0 ? "" : " ").append(cells.get(i)).append(" ".repeat(Math.max(0, width - cells.get(i).length())));
    }
    return text.append(';').append(comment(line)).toString();
  }

  private static String comment(Line line) {
    return last(line).isComment() ? "  " + last(line).text() : "";
  }

  /** The texts of a row's cells: a bracket with all that it encloses is one, as is a sign with its number. */
  private static List<String> cells(Line line) {
    List<String> cells = new ArrayList<>();
    int depth = 0;
    boolean joined = false;
    for (int i = 0; i < line.pieces().size(); i++) {
      Piece piece = line.pieces().get(i);
      if (piece.isComment() || depth == 0 && piece.is(";")) {
        continue;
      }
      if (depth == 0 && !joined) {
        cells.add(line.texts().get(i).strip());
      } else {
        cells.set(cells.size() - 1, cells.get(cells.size() - 1) + line.texts().get(i));
      }
      depth += piece.opens() ? 1 : piece.closes() ? -1 : 0;
      joined = depth == 0 && piece.type() != BwLexer.STRING && piece.is("-");
    }
    return cells.stream().map(String::strip).collect(Collectors.toList());
  }
}
