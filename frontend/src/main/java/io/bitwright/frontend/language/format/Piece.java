package io.bitwright.frontend.language.format;

import io.bitwright.frontend.language.grammar.BwLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/**
 * A token or comment.
 *
 * @param breaks  line breaks before it in the text
 * @param table  number of the outermost table that it is a cell of, 0 for none
 */
record Piece(int type, String text, int breaks, int table) {
  private static final Set<String> OPERATORS = Set.of("+", "*", "/", "//", "%", "|>", "==", "!=", "<", "<=", ">", ">=",
      "and", "or", "then", "else");

  static List<Piece> of(String text) {
    BwLexer lexer = new BwLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    List<Piece> pieces = new ArrayList<>();
    int breaks = 0;
    for (Token token : lexer.getAllTokens()) {
      if (token.getType() == BwLexer.SPACE) {
        breaks = (int) token.getText().replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count();
      } else {
        pieces.add(new Piece(token.getType(), token.getText().stripTrailing(), breaks, 0));
        breaks = 0;
      }
    }
    return pieces;
  }

  Piece with(int newBreaks, int newTable) {
    return new Piece(type, text, newBreaks, newTable);
  }

  boolean is(String wanted) {
    return text.equals(wanted) && type != BwLexer.STRING;
  }

  boolean isComment() {
    return type == BwLexer.COMMENT;
  }

  boolean opens() {
    return is("(") || is("[") || is("{");
  }

  boolean closes() {
    return is(")") || is("]") || is("}");
  }

  /** Whether an operand follows, or would precede if this began a line. */
  boolean continues() {
    return type != BwLexer.STRING && OPERATORS.contains(text);
  }

  /** Whether a minus sign behind it has no left operand. */
  boolean expectsOperand() {
    return continues() || opens() || Set.of(",", ";", "=", "-", "not", "in", "if", "return", "require", "..")
        .contains(text);
  }
}
