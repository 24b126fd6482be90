package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;

/** Operators on numbers, texts and truth values. {@code /} gives a real, {@code //} rounds down. */
final class Arithmetic {
  private Arithmetic() {}

  static Value apply(String operator, Value left, Value right, SourceLocation at) {
    if (operator.equals("==") || operator.equals("!=")) {
      return Value.of(same(left, right, at) == operator.equals("=="));
    }
    if (operator.equals("+") && left instanceof Value.Text text) {
      return joined(text.value() + (right instanceof Value.Text t ? t.value() : right.toString()), at);
    }
    number(left, operator, at);
    number(right, operator, at);
    try {
      if (left instanceof Value.Int a && right instanceof Value.Int b && !operator.equals("/")) {
        return integers(operator, a.value(), b.value(), at);
      }
    } catch (ArithmeticException e) {
      throw DiagnosticException.of(
          DiagnosticId.LANGUAGE_NUMBER, at, left + " " + operator + " " + right, "leaves 64 bits");
    }
    return reals(operator, real(left), real(right), at);
  }

  private static Value joined(String text, SourceLocation at) {
    if (text.length() > Limits.TEXT) {
      throw NetworkBuilder.tooLarge(at, "the length of a string", text.length(), Limits.TEXT);
    }
    return Value.of(text);
  }

  private static boolean same(Value left, Value right, SourceLocation at) {
    boolean numbers = isNumber(left) && isNumber(right);
    if (!numbers && (!left.kind().equals(right.kind()) || left instanceof Value.Items || left instanceof Value.Tensor)) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_TYPE, at, "the right side of a comparison with "
          + left.kind(), right.kind(), right, "a number, bool or string like the left");
    }
    return numbers ? real(left) == real(right) : left.equals(right);
  }

  private static boolean isNumber(Value value) {
    return value instanceof Value.Int || value instanceof Value.Real;
  }

  private static void number(Value value, String operator, SourceLocation at) {
    if (!isNumber(value)) {
      throw DiagnosticException.of(
          DiagnosticId.LANGUAGE_TYPE, at, "an operand of '" + operator + "'", value.kind(), value, "a number");
    }
  }

  static double real(Value value) {
    return value instanceof Value.Int i ? i.value() : ((Value.Real) value).value();
  }

  private static Value integers(String operator, long a, long b, SourceLocation at) {
    if (b == 0 && (operator.equals("//") || operator.equals("%"))) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_DIVISION, at, a, operator);
    }
    return switch (operator) {
      case "+" -> Value.of(Math.addExact(a, b));
      case "-" -> Value.of(Math.subtractExact(a, b));
      case "*" -> Value.of(Math.multiplyExact(a, b));
      case "//" -> b == -1 ? Value.of(Math.negateExact(a)) : Value.of(Math.floorDiv(a, b));
      case "%" -> Value.of(Math.floorMod(a, b));
      case ".." -> new Value.Range(a, b);
      default -> Value.of(ordered(operator, Long.compare(a, b)));
    };
  }

  private static Value reals(String operator, double a, double b, SourceLocation at) {
    if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_DIVISION, at, a, operator);
    }
    double result;
    switch (operator) {
      case "+" -> result = a + b;
      case "-" -> result = a - b;
      case "*" -> result = a * b;
      case "/" -> result = a / b;
      case "//" -> result = Math.floor(a / b);
      case "%" -> result = a - b * Math.floor(a / b);
      case ".." -> throw DiagnosticException.of(
          DiagnosticId.LANGUAGE_TYPE, at, "a bound of a range", "real", a + ".." + b, "int");
      default -> {
        return Value.of(ordered(operator, Double.compare(a, b)));
      }
    }
    if (!Double.isFinite(result)) {
      throw DiagnosticException.of(DiagnosticId.LANGUAGE_NUMBER, at, a + " " + operator + " " + b, "is not finite");
    }
    return Value.of(result);
  }

  private static boolean ordered(String operator, int comparison) {
    return switch (operator) {
      case "<" -> comparison < 0;
      case "<=" -> comparison <= 0;
      case ">" -> comparison > 0;
      case ">=" -> comparison >= 0;
      default -> throw new IllegalStateException("operator " + operator);
    };
  }

  static Value negate(Value value, SourceLocation at) {
    number(value, "-", at);
    if (value instanceof Value.Int i) {
      return integers("-", 0, i.value() == Long.MIN_VALUE ? overflow(at) : i.value(), at);
    }
    return Value.of(-real(value));
  }

  private static long overflow(SourceLocation at) {
    throw DiagnosticException.of(DiagnosticId.LANGUAGE_NUMBER, at, "-(" + Long.MIN_VALUE + ")", "leaves 64 bits");
  }
}
