package io.bitwright.ir.graph.text;

import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The attributes {@code {key=value, ...}} of one statement. Each getter takes its attribute; what is left over at the
 * end is unknown.
 */
final class Attributes {
  /** A value: words of a list, or one word; {@code position} is where it stands. */
  private record Attribute(List<String> words, boolean isList, int position) {}

  private final TextScanner scanner;
  private final int start;
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();

  private Attributes(TextScanner scanner, int start) {
    this.scanner = scanner;
    this.start = start;
  }

  /** The attributes that come next, or none. */
  static Attributes read(TextScanner scanner) {
    Attributes result = new Attributes(scanner, scanner.position());
    if (scanner.take('{')) {
      do {
        result.readOne();
      } while (scanner.take(','));
      scanner.expect('}');
    }
    return result;
  }

  private void readOne() {
    int at = scanner.position();
    String key = scanner.word("an attribute");
    scanner.expect('=');
    if (attributes.put(key, readValue()) != null) {
      throw scanner.syntax(at, "attribute '" + key + "' is given twice");
    }
  }

  private Attribute readValue() {
    int at = scanner.position();
    if (scanner.at('"')) {
      return new Attribute(List.of(scanner.quoted("a value")), false, at);
    }
    if (!scanner.take('[')) {
      return new Attribute(List.of(scanner.bare("a value")), false, at);
    }
    List<String> words = new ArrayList<>();
    if (!scanner.at(']')) {
      do {
        words.add(scanner.bare("a value"));
      } while (scanner.take(','));
    }
    scanner.expect(']');
    return new Attribute(words, true, at);
  }

  boolean has(String key) {
    return attributes.containsKey(key);
  }

  /** Reports the first attribute that no getter took. */
  void requireNoneLeft() {
    attributes.forEach((key, attribute) -> {
      throw scanner.unknown(attribute.position(), "attribute", key);
    });
  }

  private Attribute take(String key, boolean isList) {
    Attribute attribute = attributes.remove(key);
    if (attribute == null) {
      throw scanner.syntax(start, "attribute '" + key + "' is missing");
    }
    if (attribute.isList() != isList) {
      throw scanner.syntax(attribute.position(), "attribute '" + key + "' must be a " + (isList ? "list" : "single value"));
    }
    return attribute;
  }

  String text(String key, String otherwise) {
    return has(key) ? take(key, false).words().get(0) : otherwise;
  }

  int integer(String key) {
    Attribute attribute = take(key, false);
    return scanner.integer(attribute.position(), attribute.words().get(0), "an integer");
  }

  int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  List<Integer> integers(String key) {
    Attribute attribute = take(key, true);
    return attribute.words().stream().map(w -> scanner.integer(attribute.position(), w, "an integer")).toList();
  }

  boolean flag(String key) {
    Attribute attribute = take(key, false);
    return switch (attribute.words().get(0)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw scanner.syntax(attribute.position(), "attribute '" + key + "' must be true or false");
    };
  }

  float real(String key) {
    Attribute attribute = take(key, false);
    try {
      return Float.parseFloat(attribute.words().get(0));
    } catch (NumberFormatException e) {
      throw scanner.syntax(attribute.position(), "expected a number instead of '" + attribute.words().get(0) + "'");
    }
  }

  /** {@code 3x2}: height and width. */
  int[] pair(String key) {
    Attribute attribute = take(key, false);
    String[] parts = attribute.words().get(0).split("x", -1);
    if (parts.length != 2) {
      throw scanner.syntax(attribute.position(), "attribute '" + key + "' must look like 3x3");
    }
    return new int[] {scanner.integer(attribute.position(), parts[0], "an integer"),
        scanner.integer(attribute.position(), parts[1], "an integer")};
  }

  int[] pair(String key, int otherwise) {
    return has(key) ? pair(key) : new int[] {otherwise, otherwise};
  }

  Padding padding() {
    if (!has("pad")) {
      return Padding.NONE;
    }
    int at = attributes.get("pad").position();
    List<Integer> p = integers("pad");
    if (p.size() != 4) {
      throw scanner.syntax(at, "pad must be [top,bottom,left,right]");
    }
    return new Padding(p.get(0), p.get(1), p.get(2), p.get(3));
  }

  Clamp clamp() {
    return limits("clamp");
  }

  /** Limits under some name; none where they are not given. */
  Clamp limits(String key) {
    if (!has(key)) {
      return Clamp.NONE;
    }
    Attribute attribute = take(key, true);
    if (attribute.words().size() != 2) {
      throw scanner.syntax(attribute.position(), key + " must be [low,high]");
    }
    return new Clamp(number(attribute, attribute.words().get(0)), number(attribute, attribute.words().get(1)));
  }

  private double number(Attribute attribute, String word) {
    try {
      return switch (word) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(word);
      };
    } catch (NumberFormatException e) {
      throw scanner.syntax(attribute.position(), "expected a number instead of '" + word + "'");
    }
  }

  /** A number, infinite ones included; empty where it is not given. */
  OptionalDouble number(String key) {
    if (!has(key)) {
      return OptionalDouble.empty();
    }
    Attribute attribute = take(key, false);
    return OptionalDouble.of(number(attribute, attribute.words().get(0)));
  }

  Rounding rounding() {
    Attribute attribute = take("round", false);
    String word = attribute.words().get(0);
    for (Rounding rounding : Rounding.values()) {
      if (rounding.text().equals(word)) {
        return rounding;
      }
    }
    throw scanner.unknown(attribute.position(), "rounding", word);
  }

  /** The constant of an enum whose lower-case name is the value. */
  <E extends Enum<E>> E constant(String key, E[] all) {
    Attribute attribute = take(key, false);
    String word = attribute.words().get(0);
    for (E constant : all) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw scanner.unknown(attribute.position(), key, word);
  }
}
