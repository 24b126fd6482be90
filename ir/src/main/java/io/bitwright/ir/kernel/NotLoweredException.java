package io.bitwright.ir.kernel;

/** An operator that has no kernel; the message says why. */
final class NotLoweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotLoweredException(String reason) {
    super(reason);
  }
}
