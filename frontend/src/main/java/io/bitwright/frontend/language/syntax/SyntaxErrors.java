package io.bitwright.frontend.language.syntax;

import io.bitwright.frontend.language.grammar.BwParser;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Turns the parser's first complaint into a diagnostic; later ones would be about the same mistake. */
final class SyntaxErrors extends BaseErrorListener {
  private static final int MOST_LISTED = 6;
  private final String file;

  SyntaxErrors(String file) {
    this.file = file;
  }

  @Override
  public void syntaxError(Recognizer<?, ?> recognizer, Object symbol, int line, int column, String message,
      RecognitionException cause) {
    SourceLocation at = new SourceLocation(file, line, column + 1, "");
    Token token = symbol instanceof Token t ? t : null;
    throw DiagnosticException.of(DiagnosticId.LANGUAGE_SYNTAX, at, describe(token) + hint(recognizer, token));
  }

  private static String describe(Token token) {
    if (token == null || token.getType() == Token.EOF) {
      return "unexpected end of file";
    }
    String text = token.getText();
    return text.startsWith("\"") && token.getType() == BwParser.UNKNOWN
        ? "the string is not closed on its line" : "unexpected '" + text + "'";
  }

  private static String hint(Recognizer<?, ?> recognizer, Token token) {
    if (!(recognizer instanceof Parser parser)) {
      return "";
    }
    List<String> expected = expected(parser);
    if (expected.isEmpty()) {
      return "";
    }
    String wanted = token == null ? "" : token.getText();
    if (expected.size() > MOST_LISTED) {
      List<String> words = expected.stream().filter(w -> Character.isLetter(w.charAt(0))).toList();
      boolean isWord = !wanted.isEmpty() && Character.isLetter(wanted.charAt(0));
      return isWord && !words.isEmpty() ? " (known here: " + NearestNames.of(wanted, words) + ")" : "";
    }
    return " (expected " + NearestNames.of(wanted, expected) + ")";
  }

  private static List<String> expected(Parser parser) {
    IntervalSet set = parser.getExpectedTokens();
    List<String> names = new ArrayList<>();
    for (int type : set.toArray()) {
      String literal = type == Token.EOF ? "end of file" : parser.getVocabulary().getLiteralName(type);
      if (literal == null) {
        names.add(type == BwParser.ID ? "a name" : type == BwParser.STRING ? "a string" : "a number");
      } else {
        boolean word = literal.length() > 2 && Character.isLetter(literal.charAt(1));
        names.add(word ? literal.substring(1, literal.length() - 1) : literal);
      }
    }
    return names.stream().distinct().toList();
  }
}
