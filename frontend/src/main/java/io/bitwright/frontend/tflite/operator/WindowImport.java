package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.schema.SamePadding;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;

/**
 * Resolves SAME and VALID to explicit padding; VALID pads nothing.
 *
 * @param same  SAME rather than VALID
 * @param strideH  untrusted, as are the others
 */
record WindowImport(
    boolean same, int kernelH, int kernelW, int strideH, int strideW, int dilationH, int dilationW) {
  private static final int SAME = 0;
  private static final int VALID = 1;

  /**
   * The window of an operator whose options start with padding, stride width and stride height.
   *
   * @param options  Conv2DOptions, DepthwiseConv2DOptions or Pool2DOptions
   */
  static WindowImport of(
      OperatorSite site, FlatTable options, int kernelH, int kernelW, int dilationH, int dilationW) {
    int padding = options.u8(0, SAME);
    if (padding != SAME && padding != VALID) {
      throw site.unsupported("padding number " + padding + " is not supported (must be SAME or VALID)");
    }
    WindowImport window = new WindowImport(
        padding == SAME, kernelH, kernelW, options.i32(2, 0), options.i32(1, 0), dilationH, dilationW);
    window.check(site);
    return window;
  }

  private void check(OperatorSite site) {
    checkOne(site, "window height", kernelH, kernelH);
    checkOne(site, "window width", kernelW, kernelW);
    checkOne(site, "stride height", strideH, strideH);
    checkOne(site, "stride width", strideW, strideW);
    checkOne(site, "dilation height", dilationH, (kernelH - 1L) * dilationH + 1);
    checkOne(site, "dilation width", dilationW, (kernelW - 1L) * dilationW + 1);
  }

  private static void checkOne(OperatorSite site, String what, int value, long pixels) {
    if (value < 1) {
      throw site.unsupported("its " + what + " is " + value + " (must be at least 1)");
    }
    if (Math.max(value, pixels) > Limits.WINDOW_PIXELS) {
      throw site.error(DiagnosticId.TOO_LARGE, "the " + what, value, Limits.WINDOW_PIXELS + " pixels with its window");
    }
  }

  /** The window over a feature map of this NHWC shape. */
  Window over(Shape input) {
    int height = total(input.dim(1), kernelH, strideH, dilationH);
    int width = total(input.dim(2), kernelW, strideW, dilationW);
    Padding padding = new Padding(height / 2, height - height / 2, width / 2, width - width / 2);
    return new Window(kernelH, kernelW, strideH, strideW, dilationH, dilationW, padding);
  }

  private int total(int input, int kernel, int stride, int dilation) {
    return same ? SamePadding.total(input, kernel, stride, dilation) : 0;
  }
}
