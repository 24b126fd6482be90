package io.bitwright.compiler.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the dictionary at the head of a .npy file. It is a Python literal; of that grammar this takes what numpy writes:
 * strings without escapes, True and False, and a tuple of integers.
 */
final class NpyHeader {
  private final String text;
  private int at;
  private String descr = "";
  private boolean fortranOrder;
  private List<Long> shape = List.of();
  private int keysSeen;

  private NpyHeader(String text) {
    this.text = text;
  }

  /**
   * Reads the dictionary.
   *
   * @throws MalformedDataException if the text is none, or a key is missing or unknown
   */
  static NpyHeader parse(String text) {
    NpyHeader header = new NpyHeader(text);
    header.dictionary();
    return header;
  }

  String descr() {
    return descr;
  }

  boolean fortranOrder() {
    return fortranOrder;
  }

  List<Long> shape() {
    return shape;
  }

  private void dictionary() {
    expect('{');
    while (peek() != '}') {
      entry();
      if (peek() == ',') {
        at++;
      } else if (peek() != '}') {
        throw wrong();
      }
    }
    at++;
    skipSpace();
    if (at != text.length() || keysSeen != 7) {
      throw wrong();
    }
  }

  private void entry() {
    String key = string();
    expect(':');
    int bit = switch (key) {
      case "descr" -> 1;
      case "fortran_order" -> 2;
      case "shape" -> 4;
      default -> throw wrong();
    };
    if ((keysSeen & bit) != 0) {
      throw wrong();
    }
    keysSeen |= bit;
    switch (bit) {
      case 1 -> descr = string();
      case 2 -> fortranOrder = bool();
      default -> shape = tuple();
    }
  }

  private String string() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw wrong();
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
      throw wrong();
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private boolean bool() {
    skipSpace();
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw wrong();
  }

  private List<Long> tuple() {
    List<Long> sizes = new ArrayList<>();
    expect('(');
    while (peek() != ')') {
      sizes.add(integer());
      if (peek() == ',') {
        at++;
      } else if (peek() != ')') {
        throw wrong();
      }
    }
    at++;
    return sizes;
  }

  private long integer() {
    skipSpace();
    int start = at;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0 && text.charAt(at) < 128) {
      at++;
    }
    if (at == start || at - start > 10) {
      throw wrong();
    }
    return Long.parseLong(text.substring(start, at));
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong();
    }
    at++;
  }

  private char peek() {
    skipSpace();
    if (at >= text.length()) {
      throw wrong();
    }
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static MalformedDataException wrong() {
    return new MalformedDataException("the header is not one that numpy writes");
  }
}
