package io.bitwright.ir.diag;

/** Makes untrusted text safe to print on a terminal or in a one-line comment. */
public final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** The text with control and non-ASCII characters replaced by '?', cut to 200 characters. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder();
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      safe.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return text.length() > LONGEST ? safe.append("...").toString() : safe.toString();
  }
}
