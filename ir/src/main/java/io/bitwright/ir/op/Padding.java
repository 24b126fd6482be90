package io.bitwright.ir.op;

/**
 * Rows and columns put around a feature map, in pixels.
 *
 * @param top  at least 0, as are the others
 */
public record Padding(int top, int bottom, int left, int right) {
  public static final Padding NONE = new Padding(0, 0, 0, 0);

  public Padding {
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException("negative padding " + top + "," + bottom + "," + left + "," + right);
    }
  }

  /** The sum, side by side. */
  public Padding plus(Padding other) {
    return new Padding(top + other.top, bottom + other.bottom, left + other.left, right + other.right);
  }

  public boolean isNone() {
    return equals(NONE);
  }
}
