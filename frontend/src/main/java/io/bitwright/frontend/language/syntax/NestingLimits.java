package io.bitwright.frontend.language.syntax;

import io.bitwright.frontend.language.grammar.BwLexer;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Refuses nesting that a recursive parser cannot follow, before it tries. */
final class NestingLimits {
  static final int DEEPEST = 100;
  static final int MOST_OPERATORS = 300;
  private final String file;
  private int depth;
  private int operators;

  NestingLimits(String file) {
    this.file = file;
  }

  void check(List<Token> tokens) {
    for (Token token : tokens) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        visit(token);
      }
    }
  }

  private void visit(Token token) {
    String text = token.getText();
    switch (token.getType()) {
      case BwLexer.LET, BwLexer.RETURN, BwLexer.FOR, BwLexer.REQUIRE, BwLexer.INPUT -> operators = 0;
      case BwLexer.NOT, BwLexer.AND, BwLexer.OR, BwLexer.THEN -> operators++;
      case BwLexer.INT, BwLexer.REAL, BwLexer.ID, BwLexer.STRING -> { }
      default -> punctuation(text);
    }
    if (depth > DEEPEST) {
      throw refuse(token, "nesting of brackets", DEEPEST);
    }
    if (operators > MOST_OPERATORS) {
      throw refuse(token, "number of operators in one statement", MOST_OPERATORS);
    }
  }

  private void punctuation(String text) {
    switch (text) {
      case "(", "[", "{" -> depth++;
      case ")", "]" -> depth--;
      case "}" -> {
        depth--;
        operators = 0;
      }
      case ";", "=", "," -> operators = 0;
      case "-", "+", "*", "/", "//", "%", "..", ".", "|>", "==", "!=", "<", "<=", ">", ">=" -> operators++;
      default -> { }
    }
  }

  private DiagnosticException refuse(Token token, String what, int limit) {
    SourceLocation at = new SourceLocation(file, token.getLine(), token.getCharPositionInLine() + 1, "");
    return DiagnosticException.of(DiagnosticId.LANGUAGE_TOO_DEEP, at, what, limit);
  }
}
