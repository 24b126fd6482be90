package io.bitwright.ir.scalar;

/** A scalar program whose exact values could leave 64 bits; it cannot be built. */
public final class ScalarOverflowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScalarOverflowException(ArithmeticException cause) {
    super("an exact intermediate value could leave 64 bits", cause);
  }
}
