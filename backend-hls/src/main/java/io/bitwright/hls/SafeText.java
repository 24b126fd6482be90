package io.bitwright.hls;

import io.bitwright.ir.diag.Printable;
import java.util.ArrayList;
import java.util.List;

/** Untrusted text made safe for a comment of C++, Tcl or make, and for Markdown. */
final class SafeText {
  private static final int LONGEST = 106;
  private static final String KEPT = " .,:;()[]+=@-_/'>";

  private SafeText() {}

  /** The text with everything but letters, digits and harmless signs replaced by '_'. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder();
    for (char c : Printable.of(text).toCharArray()) {
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      safe.append(alphanumeric || KEPT.indexOf(c) >= 0 ? c : '_');
    }
    return safe.toString();
  }

  /** Lines of at most 108 characters. */
  static List<String> lines(String text) {
    String safe = of(text);
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < safe.length(); from += LONGEST) {
      lines.add((from == 0 ? "" : "  ") + safe.substring(from, Math.min(safe.length(), from + LONGEST)));
    }
    return lines;
  }
}
