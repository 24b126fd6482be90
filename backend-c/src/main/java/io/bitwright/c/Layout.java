package io.bitwright.c;

/** Indents C text by its braces, four spaces a level; a line that begins with an operator continues the one before;
 * text inside block comments and directives stays as it is. */
final class Layout {
  private Layout() {}

  static String indent(String text) {
    StringBuilder out = new StringBuilder(text.length() * 2);
    int depth = 0;
    boolean comment = false;
    for (String line : text.split("\n", -1)) {
      String bare = line.strip();
      boolean inside = comment || bare.startsWith("/*");
      comment = inside && !bare.contains("*/");
      if (bare.isEmpty()) {
        out.append('\n');
        continue;
      }
      boolean directive = bare.startsWith("#");
      boolean continued = !inside && bare.startsWith("+ ");
      int closing = inside || directive ? 0 : leadingClosers(bare) - (continued ? 1 : 0);
      out.append(directive ? "" : "    ".repeat(depth - closing)).append(inside && bare.startsWith("*") ? " " : "")
          .append(bare).append('\n');
      depth += inside || directive ? 0 : balance(bare);
    }
    return out.substring(0, out.length() - 1);
  }

  private static int leadingClosers(String line) {
    int n = 0;
    while (n < line.length() && line.charAt(n) == '}') {
      n++;
    }
    return n;
  }

  private static int balance(String line) {
    return (int) (line.chars().filter(c -> c == '{').count() - line.chars().filter(c -> c == '}').count());
  }
}
