package io.bitwright.ir.graph.text;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reads the words of a graph's text one after the other. Blanks and comments ({@code //} to the end of the line)
 * separate words.
 *
 * <p>Whatever the text is, only {@link DiagnosticException} is thrown, with line and column.
 */
final class TextScanner {
  private static final int END = -1;

  private final String file;
  private final String text;
  private final int[] newlines;
  private int position;

  TextScanner(String file, String text) {
    this.file = file;
    this.text = text;
    this.newlines = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').toArray();
  }

  /** Where the next word begins. */
  int position() {
    skipBlanks();
    return position;
  }

  SourceLocation locate(int at) {
    int found = Arrays.binarySearch(newlines, at);
    int before = found >= 0 ? found : -found - 1;
    int lineStart = before == 0 ? 0 : newlines[before - 1] + 1;
    return new SourceLocation(file, before + 1, at - lineStart + 1, "");
  }

  DiagnosticException syntax(int at, String message) {
    return DiagnosticException.of(DiagnosticId.TEXT_SYNTAX, locate(at), message);
  }

  DiagnosticException unknown(int at, String what, String name) {
    return DiagnosticException.of(DiagnosticId.TEXT_UNKNOWN_NAME, locate(at), what, name);
  }

  private void skipBlanks() {
    while (position < text.length()) {
      if (Character.isWhitespace(text.charAt(position))) {
        position++;
      } else if (text.startsWith("//", position)) {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
      } else {
        return;
      }
    }
  }

  /** The next character that is no blank; negative at the end. */
  int peek() {
    skipBlanks();
    return position < text.length() ? text.charAt(position) : END;
  }

  boolean at(char c) {
    return peek() == c;
  }

  /** Takes the character if it comes next. */
  boolean take(char c) {
    if (!at(c)) {
      return false;
    }
    position++;
    return true;
  }

  void expect(char c) {
    if (!take(c)) {
      throw syntax(position, "expected '" + c + "'" + found());
    }
  }

  private String found() {
    return position < text.length() ? " before '" + text.charAt(position) + "'" : " at the end of the text";
  }

  /** Takes the word if it comes next, whole. */
  boolean takeWord(String word) {
    skipBlanks();
    int end = position + word.length();
    boolean whole = text.startsWith(word, position) && (end >= text.length() || !isWordPart(text.charAt(end)));
    if (whole) {
      position = end;
    }
    return whole;
  }

  void expectWord(String word) {
    if (!takeWord(word)) {
      throw syntax(position, "expected '" + word + "'" + found());
    }
  }

  static boolean isWordPart(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
  }

  /** Letters, digits, '_' and '.'; at least one. */
  String word(String what) {
    skipBlanks();
    int start = position;
    while (position < text.length() && isWordPart(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw syntax(position, "expected " + what + found());
    }
    return text.substring(start, position);
  }

  /** A word that may also hold signs: a number, {@code 2x2}, {@code -inf}. */
  String bare(String what) {
    skipBlanks();
    int start = position;
    while (position < text.length() && isBarePart(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw syntax(position, "expected " + what + found());
    }
    return text.substring(start, position);
  }

  private static boolean isBarePart(char c) {
    return isWordPart(c) || c == '-' || c == '+';
  }

  /** Digits only, as an int. */
  int digits(String what) {
    skipBlanks();
    int start = position;
    while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
      position++;
    }
    return integer(start, text.substring(start, position), what);
  }

  /** An int with an optional sign. */
  int integer(String what) {
    int start = position();
    return integer(start, bare(what), what);
  }

  int integer(int at, String digits, String what) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw syntax(at, "expected " + what + " instead of '" + digits + "'");
    }
  }

  float real(String what) {
    int start = position();
    String word = bare(what);
    try {
      return Float.parseFloat(word);
    } catch (NumberFormatException e) {
      throw syntax(start, "expected " + what + " instead of '" + word + "'");
    }
  }

  /** Text in double quotes, escapes resolved. */
  String quoted(String what) {
    int start = position();
    if (!take('"')) {
      throw syntax(start, "expected " + what + " in double quotes" + found());
    }
    StringBuilder result = new StringBuilder();
    while (position < text.length() && text.charAt(position) != '\n') {
      char c = text.charAt(position++);
      if (c == '"') {
        return result.toString();
      }
      result.append(c == '\\' ? escape(position - 1) : c);
    }
    throw syntax(start, "text without a closing quote");
  }

  private char escape(int start) {
    int c = position < text.length() ? text.charAt(position++) : END;
    return switch (c) {
      case '"', '\\' -> (char) c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit(start);
      default -> throw syntax(start, "unknown escape");
    };
  }

  private char codeUnit(int start) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = position < text.length() ? Character.digit(text.charAt(position++), 16) : END;
      if (digit < 0) {
        throw syntax(start, "\\u needs four hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  /** The text in double quotes: printable ASCII as it is, all else escaped. */
  static String quote(String raw) {
    StringBuilder result = new StringBuilder("\"");
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      switch (c) {
        case '"', '\\' -> result.append('\\').append(c);
        case '\n' -> result.append("\\n");
        case '\r' -> result.append("\\r");
        case '\t' -> result.append("\\t");
        default -> {
          boolean printable = c >= ' ' && c < 0x7f;
          result.append(printable ? String.valueOf(c) : String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
        }
      }
    }
    return result.append('"').toString();
  }

  /**
   * Moves to the next line after {@code start} that begins a statement, closes a graph or ends the text; for going on
   * after an error.
   */
  void recover(int start) {
    position = start;
    do {
      int end = text.indexOf('\n', position);
      position = end < 0 ? text.length() : end + 1;
      skipBlanks();
    } while (position < text.length() && !at('%') && !at('}') && !text.startsWith("return", position));
  }

  boolean atEnd() {
    return peek() == END;
  }
}
