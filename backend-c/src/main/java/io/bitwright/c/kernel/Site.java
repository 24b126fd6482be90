package io.bitwright.c.kernel;

import io.bitwright.c.scalar.CType;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.Placement;
import io.bitwright.ir.memory.Ring;

/**
 * How generated code reaches a value: element (n, y, x, c) is at {@code arena + offset} plus
 * {@code n * imagePitch + y * rowPitch + x * pixelPitch + c} elements; in a ring, {@code y % ringRows} stands for y.
 *
 * @param ringRows  rows of the ring that the value lives in; 0 where it exists as a whole
 */
record Site(CType type, int n, int h, int w, int c, int offset, int imagePitch, int rowPitch, int pixelPitch,
    int ringRows) {
  static Site of(Value v, Placement p) {
    return new Site(CType.of(v.storage()), v.n(), v.h(), v.w(), v.c(), p.offset(), p.imagePitch(), p.rowPitch(),
        p.pixelPitch(), 0);
  }

  static Site of(Value v, Ring ring) {
    return new Site(CType.of(v.storage()), v.n(), v.h(), v.w(), v.c(), ring.offset(), 0, v.w() * v.c(), v.c(),
        ring.rows());
  }

  boolean isRing() {
    return ringRows > 0;
  }

  boolean isDense() {
    return !isRing() && pixelPitch == c && rowPitch == w * pixelPitch && imagePitch == h * rowPitch;
  }

  /** All pixels of a dense value in one row. */
  Site flat() {
    int pixels = n * h * w;
    return new Site(type, 1, 1, pixels, c, offset, pixels * c, pixels * c, c, 0);
  }

  /** A pointer to the first element. */
  String pointer(boolean readOnly) {
    return pointer(type, offset, readOnly);
  }

  /** A pointer to elements of a type at an offset of the arena. */
  static String pointer(CType type, int offset, boolean readOnly) {
    String qualifier = readOnly ? "const " : "";
    String address = offset == 0 ? "arena" : "(arena + " + offset + ")";
    String bytes = type == CType.INT8 ? "" : "(" + qualifier + "void *)";
    return "(" + qualifier + type + " *)" + bytes + address;
  }

  /** A pointer to the first element of an image; images are counted by {@code n}. */
  String image(boolean readOnly) {
    return pointer(readOnly) + plus(hasImages() ? times("n", imagePitch) : "");
  }

  /** A pointer to the first element of row {@code y} of image {@code n}. */
  String row(boolean readOnly) {
    return image(readOnly) + plus(hasRows() ? rowOffset("y") : "");
  }

  /** Elements from the first row of an image to another; the row is a product or a sum in brackets. */
  String rowOffset(String row) {
    return times(isRing() ? row + " % " + ringRows : row, rowPitch);
  }

  /** Whether images lie at different places. */
  boolean hasImages() {
    return n > 1 && imagePitch != 0;
  }

  /** Whether rows of an image lie at different places. */
  boolean hasRows() {
    return h > 1 && rowPitch != 0 && ringRows != 1;
  }

  static String times(String factor, int by) {
    return by == 0 ? "" : by == 1 ? factor : factor + " * " + by;
  }

  static String plus(String term) {
    return term.isEmpty() ? "" : " + " + term;
  }
}
