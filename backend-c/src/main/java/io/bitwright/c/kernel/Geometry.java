package io.bitwright.c.kernel;

import io.bitwright.ir.op.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * How a window slides over a feature map, as C expressions over {@code y}, {@code x}, the tap's row {@code r} and column
 * {@code s}.
 *
 * @param top  input row of the window's first tap
 * @param left  input column of the window's first tap
 * @param in  the input
 * @param pixelPitch  elements from one pixel of the input to the next
 * @param inside  what must hold so that all taps lie inside of the image; empty where they always do
 * @param everInside  whether all taps of some window do
 * @param tapInside  what must hold for input row {@code iy} and column {@code ix} to lie inside of the image
 */
public record Geometry(String top, String left, int kernelH, int kernelW, Site in, int pixelPitch,
    int dilationH, int dilationW, List<String> inside, boolean everInside, List<String> tapInside) {
  public Geometry {
    inside = List.copyOf(inside);
    tapInside = List.copyOf(tapInside);
  }

  static Geometry of(Window window, Site in, Site out) {
    List<String> inside = new ArrayList<>();
    List<String> tapInside = new ArrayList<>();
    boolean rows = side("top", "iy", window.padding().top(), window.strideH(), window.extentH(), in.h(), out.h(),
        inside, tapInside);
    boolean columns = side("left", "ix", window.padding().left(), window.strideW(), window.extentW(), in.w(), out.w(),
        inside, tapInside);
    return new Geometry(position("y", out.h(), window.strideH(), window.padding().top()),
        position("x", out.w(), window.strideW(), window.padding().left()), window.kernelH(), window.kernelW(),
        in, in.pixelPitch(), window.dilationH(), window.dilationW(), inside, rows && columns, tapInside);
  }

  /** Notes the conditions that can fail along one dimension; whether some position has all taps inside. */
  private static boolean side(String first, String at, int padding, int stride, int extent, int size, int positions,
      List<String> inside, List<String> tapInside) {
    if (padding > 0) {
      inside.add(first + " >= 0");
      tapInside.add(at + " >= 0");
    }
    if ((positions - 1) * stride - padding + extent > size) {
      inside.add(first + " <= " + (size - extent));
      tapInside.add(at + " < " + size);
    }
    for (int i = 0; i < positions; i++) {
      int start = i * stride - padding;
      if (start >= 0 && start + extent <= size) {
        return true;
      }
    }
    return false;
  }

  private static String position(String index, int positions, int stride, int padding) {
    String scaled = positions == 1 ? "" : Site.times(index, stride);
    if (scaled.isEmpty()) {
      return String.valueOf(-padding);
    }
    return padding == 0 ? scaled : scaled + " - " + padding;
  }

  /** Whether some tap of some window lies outside of the image. */
  public boolean bordered() {
    return !inside.isEmpty();
  }

  public String insideText() {
    return String.join(" && ", inside);
  }

  public String tapInsideText() {
    return String.join(" && ", tapInside);
  }

  /** Input row of a tap. */
  public String tapRow() {
    return kernelH == 1 ? "top" : "top" + Site.plus(Site.times("r", dilationH));
  }

  /** Elements from the first row of the input to row {@code iy}. */
  public String tapRowOffset() {
    return in.rowOffset("iy");
  }

  /** Input column of a tap. */
  public String tapColumn() {
    return kernelW == 1 ? "left" : "left" + Site.plus(Site.times("s", dilationW));
  }

  /** Where the window's first tap lies when it lies inside of the image, and where the others of its row: one pointer
   * for the whole window where rows follow each other, one for each row of taps in a ring. */
  public List<TapRow> tapRows() {
    List<TapRow> rows = new ArrayList<>();
    boolean ring = in.isRing();
    for (int r = 0; r < (ring ? kernelH : 1); r++) {
      String row = r == 0 ? "top" : "(top + " + r * dilationH + ")";
      rows.add(new TapRow(ring && kernelH > 1 ? "from" + r : "from", in.rowOffset(row)));
    }
    return rows;
  }

  /** The tap in row r and column s when the window lies inside of the image: element c of a pointer of tapRows. */
  String tap(int r, int s) {
    List<TapRow> rows = tapRows();
    int offset = (in.isRing() ? 0 : r * dilationH * in.rowPitch()) + s * dilationW * pixelPitch;
    return rows.get(in.isRing() ? r : 0).pointer() + "[" + (offset == 0 ? "c" : offset + " + c") + "]";
  }

  /**
   * A pointer to the window's first tap of a row.
   *
   * @param offset  elements from the input's first row to this one
   */
  public record TapRow(String pointer, String offset) {}

  public int tapPixelPitch() {
    return dilationW * pixelPitch;
  }
}
