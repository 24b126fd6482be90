package io.bitwright.cli.picture;

/** The sizes of text in pixels. Letters of one width, so that they need not be measured on the machine that draws. */
final class Lettering {
  static final String FONT = "'DejaVu Sans Mono', Menlo, Consolas, monospace";
  static final double SIZE = 11;
  static final double LINE = 14;
  /** Of the fonts named, the widest letters: 0.602 of their size. */
  private static final double LETTER = 0.605 * SIZE;
  private static final double MARGIN = 8;

  private Lettering() {}

  static double width(String text) {
    return text.length() * LETTER;
  }

  static double width(Box box) {
    return Math.ceil(box.lines().stream().mapToDouble(Lettering::width).max().orElse(0) + 2 * MARGIN);
  }

  static double height(Box box) {
    return box.lines().size() * LINE + MARGIN;
  }
}
