package io.bitwright.frontend.language.format;

import io.bitwright.frontend.language.grammar.BwLexer;

/** Whether a space stands between two pieces of a line. */
final class Spacing {
  private Spacing() {}

  /**
   * The rule.
   *
   * @param earlier  what stands before {@code before}, or null
   * @param around  the innermost bracket that both are in
   */
  static boolean between(Piece earlier, Piece before, Piece piece, Brackets.Kind around) {
    if (before.is("(") || before.is("[") || before.is(".") || before.is("..")) {
      return false;
    }
    if (piece.is(")") || piece.is("]") || piece.is(",") || piece.is(";") || piece.is(":") || piece.is(".")
        || piece.is("..")) {
      return false;
    }
    boolean cells = around == Brackets.Kind.TABLE;
    boolean behindName = before.type() == BwLexer.ID || before.is(")") || before.is("]");
    if ((piece.is("(") || piece.is("[")) && behindName) {
      return cells;
    }
    if (around == Brackets.Kind.CALL && (piece.is("=") || before.is("="))) {
      return false;
    }
    boolean sign = before.is("-") && (cells || earlier == null || earlier.expectsOperand());
    return !sign;
  }
}
