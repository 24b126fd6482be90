package io.bitwright.c.kernel;

/** Makes C identifiers out of untrusted text. */
final class Identifiers {
  private Identifiers() {}

  /** Letters, digits and underscores of at most 40 characters, to go behind a prefix. */
  static String mangle(String text) {
    StringBuilder name = new StringBuilder();
    for (char c : text.substring(0, Math.min(text.length(), 40)).toCharArray()) {
      boolean kept = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      name.append(kept ? c : '_');
    }
    return name.toString();
  }
}
