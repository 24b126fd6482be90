package io.bitwright.target.text;

import io.bitwright.ir.diag.Printable;

/** Untrusted text made safe for a comment of C, C++, Verilog, Tcl, make or CMake, and for Markdown. */
public final class CommentText {
  private static final String KEPT = " .,:;()[]+=@-_/";

  private CommentText() {}

  /** The text with everything but letters, digits and harmless signs replaced by '_'; at most 200 characters. */
  public static String of(String text) {
    return of(text, "");
  }

  /**
   * The same with more signs left as they are.
   *
   * @param kept  harmless where the text goes
   */
  public static String of(String text, String kept) {
    StringBuilder safe = new StringBuilder();
    for (char c : Printable.of(text).toCharArray()) {
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      safe.append(alphanumeric || (KEPT + kept).indexOf(c) >= 0 ? c : '_');
    }
    return safe.toString();
  }
}
