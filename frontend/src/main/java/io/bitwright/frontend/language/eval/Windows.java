package io.bitwright.frontend.language.eval;

import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.value.Value;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import java.util.List;

/** Makes windows of the arguments kernel, stride, dilation, pad and ceil. */
final class Windows {
  static final String SAME = "same";
  static final String VALID = "valid";

  private Windows() {}

  /**
   * The window of a call on an image.
   *
   * @param dilation  distance of the kernel's taps
   * @param ceil  whether the output's size is rounded up, by padding below and to the right
   */
  static Window of(Bound arguments, Layer image, int dilation, boolean ceil) {
    int[] kernel = arguments.pair("kernel", 1, Limits.WINDOW);
    int[] stride = arguments.pair("stride", 1, Limits.WINDOW);
    Window bare = new Window(kernel[0], kernel[1], stride[0], stride[1], dilation, dilation, Padding.NONE);
    Padding padding = padding(arguments, bare, image);
    Window window = bare.withPadding(padding);
    if (ceil) {
      int below = missing(image.height(), padding.top(), padding.bottom(), window.extentH(), stride[0]);
      int right = missing(image.width(), padding.left(), padding.right(), window.extentW(), stride[1]);
      window = bare.withPadding(padding.plus(new Padding(0, below, 0, right)));
    }
    if (window.outputH(image.height()) < 1 || window.outputW(image.width()) < 1) {
      throw arguments.shapes("a window of " + window.extentH() + "x" + window.extentW() + " does not fit an image of "
          + image.height() + "x" + image.width());
    }
    return window;
  }

  private static Padding padding(Bound arguments, Window window, Layer image) {
    Value pad = arguments.value("pad");
    if (pad instanceof Value.Text text) {
      return switch (text.value()) {
        case SAME -> same(window, image);
        case VALID -> Padding.NONE;
        default -> throw DiagnosticException.of(DiagnosticId.LANGUAGE_UNKNOWN_NAME, arguments.place("pad"), "padding",
            text.value(), NearestNames.nearest(text.value(), List.of(SAME, VALID)));
      };
    } else if (pad instanceof Value.Int) {
      int all = arguments.integer("pad", 0, Limits.WINDOW);
      return new Padding(all, all, all, all);
    }
    return sides(arguments, "pad");
  }

  /** Top, bottom, left and right, written [top, bottom, left, right]. */
  static Padding sides(Bound arguments, String name) {
    List<Integer> sides = arguments.integers(name, 4, 0, Limits.WINDOW);
    return new Padding(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
  }

  /** Source: tensorflow/core/framework/kernel_shape_util.cc, GetWindowedOutputSizeVerbose, SAME. */
  private static Padding same(Window window, Layer image) {
    int rows = total(image.height(), window.extentH(), window.strideH());
    int columns = total(image.width(), window.extentW(), window.strideW());
    return new Padding(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
  }

  private static int total(int size, int extent, int stride) {
    int outputs = (size + stride - 1) / stride;
    return Math.max(0, (outputs - 1) * stride + extent - size);
  }

  /** Padding for one more output where the last window would reach over the end, if it starts inside the image. */
  private static int missing(int size, int before, int after, int extent, int stride) {
    int room = size + before + after - extent;
    int rest = Math.floorMod(room, stride);
    boolean startsInside = room - rest + stride < size + before;
    return room >= 0 && rest > 0 && startsInside ? stride - rest : 0;
  }
}
