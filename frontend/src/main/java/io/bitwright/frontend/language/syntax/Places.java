package io.bitwright.frontend.language.syntax;

import io.bitwright.ir.diag.SourceLocation;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Where tokens stand in a file. */
record Places(String file) {
  SourceLocation of(Token token) {
    return new SourceLocation(file, token.getLine(), token.getCharPositionInLine() + 1, "");
  }

  SourceLocation of(TerminalNode node) {
    return of(node.getSymbol());
  }

  /** A string literal without its quotes. */
  static String unquote(String literal) {
    return literal.substring(1, literal.length() - 1);
  }
}
