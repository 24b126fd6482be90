package io.bitwright.ir.diag;

/** How grave a diagnostic is: an error stops the stage, a warning does not. */
public enum Severity {
  ERROR("error"),
  WARNING("warning"),
  NOTE("note");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /** The word printed before the message. */
  public String word() {
    return word;
  }
}
