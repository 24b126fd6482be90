package io.bitwright.cli.console;

/** What the program's exit status tells. */
public final class ExitStatus {
  public static final int DONE = 0;
  /** The input or the check failed. */
  public static final int FAILED = 1;
  public static final int BAD_USAGE = 2;
  /** A fault of the tool. */
  public static final int FAULT = 70;

  private ExitStatus() {}
}
