package io.bitwright.ir.op;

import java.util.Locale;

/** The functions of {@link Op.Elementwise}. */
public enum BinaryFunction {
  /** {@code a - b}. */
  SUB,
  /** {@code a / b}. */
  DIV,
  /** The smaller one. */
  MIN,
  /** The larger one. */
  MAX,
  /** {@code a < 0 ? b * a : a}: b is the slope below zero. */
  PRELU,
  /**
   * {@code a + b} of 16-bit codes whose scales are powers of two: one operand has the result's scale, the other one is
   * shifted to it and rounded before they are added.
   */
  SHIFTED_ADD,
  /** {@code a - b}, likewise. */
  SHIFTED_SUB;

  /** As in the text form. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
