package io.bitwright.c.scalar;

import java.math.BigDecimal;
import java.math.MathContext;

/** Constants as C text; the same on every JDK and locale, and read back to the same value. */
public final class Literals {
  private static final MathContext NINE_DIGITS = new MathContext(9);

  private Literals() {}

  /** An integer constant of type int where 32 bits hold it, else int64_t. */
  public static String integer(long value) {
    if (value == Integer.MIN_VALUE) {
      return "(-2147483647 - 1)";
    }
    if (value == Long.MIN_VALUE) {
      return "(-INT64_C(9223372036854775807) - 1)";
    }
    return value == (int) value ? Long.toString(value) : "INT64_C(" + value + ")";
  }

  /** An array entry: the array's type is wide enough. */
  public static String entry(long value) {
    return value == (int) value && value != Integer.MIN_VALUE ? Long.toString(value) : integer(value);
  }

  /** A float constant as a hexadecimal one: quick to write, exact, and the same on every JDK. */
  public static String exactReal(float value) {
    return Float.isFinite(value) ? Float.toHexString(value) + "f" : real(value);
  }

  /** A float constant; nine significant digits restore every float32. */
  public static String real(float value) {
    if (Float.isNaN(value)) {
      return "NAN";
    }
    if (Float.isInfinite(value)) {
      return value > 0 ? "INFINITY" : "-INFINITY";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0f" : "0.0f";
    }
    String text = new BigDecimal(value).round(NINE_DIGITS).stripTrailingZeros().toString();
    return text.contains(".") || text.contains("E") ? text + "f" : text + ".0f";
  }
}
