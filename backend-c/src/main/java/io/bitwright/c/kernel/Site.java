package io.bitwright.c.kernel;

import io.bitwright.c.scalar.CType;
import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.Placement;

/**
 * How generated code reaches a value: element (n, y, x, c) is at {@code arena + offset} plus
 * {@code n * imagePitch + y * rowPitch + x * pixelPitch + c} elements. In a row buffer the first two pitches are 0.
 */
record Site(CType type, int n, int h, int w, int c, int offset, int imagePitch, int rowPitch, int pixelPitch) {
  static Site of(Value v, Placement p) {
    return new Site(CType.of(v.storage()), v.n(), v.h(), v.w(), v.c(), p.offset(), p.imagePitch(), p.rowPitch(),
        p.pixelPitch());
  }

  static Site ofRowBuffer(Value v, int offset) {
    return new Site(CType.of(v.storage()), v.n(), v.h(), v.w(), v.c(), offset, 0, 0, v.c());
  }

  boolean isDense() {
    return pixelPitch == c && rowPitch == w * pixelPitch && imagePitch == h * rowPitch;
  }

  /** All pixels of a dense value in one row. */
  Site flat() {
    int pixels = n * h * w;
    return new Site(type, 1, 1, pixels, c, offset, pixels * c, pixels * c, c);
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
    return pointer(readOnly) + plus(n > 1 ? times("n", imagePitch) : "");
  }

  /** A pointer to the first element of row {@code y} of image {@code n}. */
  String row(boolean readOnly) {
    return image(readOnly) + plus(h > 1 ? times("y", rowPitch) : "");
  }

  static String times(String factor, int by) {
    return by == 0 ? "" : by == 1 ? factor : factor + " * " + by;
  }

  static String plus(String term) {
    return term.isEmpty() ? "" : " + " + term;
  }
}
