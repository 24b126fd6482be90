package io.bitwright.ir.op;

import java.util.Locale;

/** The functions of {@link Op.Unary}. */
public enum UnaryFunction {
  /** The magnitude. */
  ABS,
  /** {@code -x}; of signed codes around 0 with one scale too, the smallest of which stays as it is. */
  NEG,
  /** {@code x * x}; f32. */
  SQUARE,
  /** The square root, NaN of a negative number; f32. */
  SQRT,
  /** {@code 1 / sqrt(x)}, infinity of 0, NaN of a negative number. */
  RSQRT,
  /** e to the power of x. */
  EXP;

  /** As in the text form. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
