package io.bitwright.runners.verilator;

/**
 * An external tool could not be started, failed, or ran out of time; the message holds the command and the end of its
 * output.
 */
public final class ToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToolException(String message) {
    super(message);
  }

  ToolException(String message, Throwable cause) {
    super(message, cause);
  }
}
