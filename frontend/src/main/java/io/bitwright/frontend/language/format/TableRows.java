package io.bitwright.frontend.language.format;

import io.bitwright.frontend.language.grammar.BwLexer;
import java.util.ArrayList;
import java.util.List;

/** Gives each row of a table that spans lines a line of its own. */
final class TableRows {
  private TableRows() {}

  static List<Piece> onOwnLines(List<Piece> pieces) {
    List<Piece> result = new ArrayList<>();
    int tables = 0;
    int i = 0;
    while (i < pieces.size()) {
      result.add(pieces.get(i));
      boolean table = pieces.get(i).type() == BwLexer.TABLE && i + 1 < pieces.size() && pieces.get(i + 1).is("{");
      if (table) {
        int end = end(pieces, i + 1);
        boolean spans = pieces.subList(i + 2, end + 1).stream().anyMatch(p -> p.breaks() > 0);
        result.add(pieces.get(i + 1).with(0, 0));
        tables++;
        for (int j = i + 2; j <= end; j++) {
          result.add(spans ? placed(pieces, j, end, tables) : pieces.get(j));
        }
        i = end;
      }
      i++;
    }
    return result;
  }

  /** Index of the bracket that closes the one at {@code open}. */
  private static int end(List<Piece> pieces, int open) {
    int depth = 0;
    for (int i = open; i < pieces.size(); i++) {
      depth += pieces.get(i).opens() ? 1 : pieces.get(i).closes() ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return pieces.size() - 1;
  }

  private static Piece placed(List<Piece> pieces, int index, int end, int table) {
    Piece piece = pieces.get(index);
    Piece before = pieces.get(index - 1);
    if (index == end) {
      return piece.with(Math.max(1, piece.breaks()), 0);
    }
    boolean trailing = piece.isComment() && piece.breaks() == 0 && !before.is("{");
    boolean starts = before.is("{") || before.is(";") || before.isComment() || piece.isComment();
    return piece.with(starts && !trailing ? Math.max(1, piece.breaks()) : 0, table);
  }
}
