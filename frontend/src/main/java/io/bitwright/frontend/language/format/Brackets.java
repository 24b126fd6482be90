package io.bitwright.frontend.language.format;

import io.bitwright.frontend.language.grammar.BwLexer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The brackets that are open at a place of the text, by what they enclose. */
final class Brackets {
  /** What a bracket encloses. */
  enum Kind { HEADER, CALL, GROUP, LIST, INDEX, BODY, TABLE }

  private static final int STEP = 2;
  private static final int HEADER_STEP = 4;

  private final Deque<Kind> open = new ArrayDeque<>();

  Kind innermost() {
    return open.isEmpty() ? Kind.BODY : open.peekLast();
  }

  boolean inTable() {
    return innermost() == Kind.TABLE;
  }

  /** Follows one piece, behind {@code before} and {@code earlier}. */
  void follow(Piece piece, Piece before, Piece earlier) {
    if (piece.closes() && !open.isEmpty()) {
      open.removeLast();
    } else if (piece.opens()) {
      open.addLast(kind(piece, before, earlier));
    }
  }

  private Kind kind(Piece piece, Piece before, Piece earlier) {
    boolean behindName = before != null && !inTable()
        && (before.type() == BwLexer.ID || before.is(")") || before.is("]"));
    if (piece.is("{")) {
      return before != null && before.type() == BwLexer.TABLE ? Kind.TABLE : Kind.BODY;
    } else if (piece.is("[")) {
      return behindName ? Kind.INDEX : Kind.LIST;
    } else if (!behindName) {
      return Kind.GROUP;
    }
    boolean definition = earlier != null && (earlier.type() == BwLexer.NETWORK || earlier.type() == BwLexer.BLOCK);
    return definition ? Kind.HEADER : Kind.CALL;
  }

  /** Columns by which a line at this place is indented, which begins with so many closing brackets. */
  int indentation(int closing) {
    int columns = 0;
    int left = open.size() - closing;
    for (Kind kind : open) {
      if (left-- > 0) {
        columns += kind == Kind.HEADER ? HEADER_STEP : STEP;
      }
    }
    return columns;
  }
}
