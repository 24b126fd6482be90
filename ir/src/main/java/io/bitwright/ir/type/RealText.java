package io.bitwright.ir.type;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decimal text of real numbers: few digits, the same on every JDK, and parsing it restores the number.
 *
 * <p>{@code Float.toString} is not used because its digits differ between JDK 17 and 19.
 */
public final class RealText {
  private static final int FLOAT_DIGITS = 9;
  private static final int DOUBLE_DIGITS = 17;
  private static final int LARGEST_PLAIN_EXPONENT = 9;

  private RealText() {}

  /** Text that {@code Float.parseFloat} takes back, or {@code inf}, {@code -inf}, {@code nan}. */
  public static String of(float value) {
    if (!Float.isFinite(value) || value == 0) {
      return special(value);
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact;
    for (int digits = 1; digits <= FLOAT_DIGITS; digits++) {
      rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (Float.parseFloat(rounded.toString()) == value) {
        break;
      }
    }
    return plain(rounded);
  }

  /** Text that {@code Double.parseDouble} takes back, or {@code inf}, {@code -inf}, {@code nan}. */
  public static String of(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return special(value);
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact;
    for (int digits = 1; digits <= DOUBLE_DIGITS; digits++) {
      rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (Double.parseDouble(rounded.toString()) == value) {
        break;
      }
    }
    return plain(rounded);
  }

  private static String special(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    String sign = Math.copySign(1, value) < 0 ? "-" : "";
    return sign + (value == 0 ? "0" : "inf");
  }

  private static String plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale();
    return Math.abs(exponent) <= LARGEST_PLAIN_EXPONENT ? stripped.toPlainString() : stripped.toString();
  }
}
