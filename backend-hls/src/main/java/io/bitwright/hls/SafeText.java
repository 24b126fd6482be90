package io.bitwright.hls;

import io.bitwright.target.text.CommentText;
import java.util.ArrayList;
import java.util.List;

/** Untrusted text made safe for a comment of C++, Tcl or make, and for Markdown. */
final class SafeText {
  private static final int LONGEST = 106;

  private SafeText() {}

  /** The text as a comment's, where apostrophes and arrows do no harm either. */
  static String of(String text) {
    return CommentText.of(text, "'>");
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
