package io.bitwright.ir.diag;

import java.util.Objects;

/**
 * Where something came from: a file, a position in it where it is text, and the node's name.
 *
 * @param file  the file as the user named it; empty where there is none
 * @param line  1-based line, 0 where the file is not text
 * @param column  1-based column, 0 where unknown
 * @param node  the node's or tensor's name in the source; empty where there is none
 */
public record SourceLocation(String file, int line, int column, String node) {
  /** Nowhere: things made by the compiler itself or by a test. */
  public static final SourceLocation NONE = new SourceLocation("", 0, 0, "");

  public SourceLocation {
    Objects.requireNonNull(file);
    Objects.requireNonNull(node);
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException("negative position " + line + ":" + column);
    }
  }

  /** A place in a binary file, known by the node's name only. */
  public static SourceLocation ofNode(String file, String node) {
    return new SourceLocation(file, 0, 0, node);
  }

  /** {@code file:line:col} for text, {@code file:node} otherwise; control characters are replaced. */
  public String render() {
    StringBuilder text = new StringBuilder(Printable.of(file));
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    } else if (!node.isEmpty()) {
      text.append(text.length() == 0 ? "" : ":").append(Printable.of(node));
    }
    return text.toString();
  }
}
