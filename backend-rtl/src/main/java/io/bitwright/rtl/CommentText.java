package io.bitwright.rtl;

import io.bitwright.ir.diag.Printable;

/** Untrusted text made safe for a comment of Verilog, C++, make or Markdown. */
final class CommentText {
  private static final String KEPT = " .,:;()[]+=@-_/";

  private CommentText() {}

  /** The text with everything but letters, digits and harmless signs replaced by '_'; at most 200 characters. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder();
    for (char c : Printable.of(text).toCharArray()) {
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      safe.append(alphanumeric || KEPT.indexOf(c) >= 0 ? c : '_');
    }
    return safe.toString();
  }
}
