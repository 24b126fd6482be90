package io.bitwright.frontend.onnx.site;

import io.bitwright.frontend.onnx.fold.Attributes;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import java.util.Collections;
import java.util.List;

/**
 * The window of a convolution or pool along rows and columns.
 *
 * <p>Source: the Conv, MaxPool and AveragePool entries of the ONNX operator schemas.
 */
public record SpatialWindow(Side rows, Side columns) {
  /**
   * One direction.
   *
   * @param before  padding; untrusted, as are the others
   */
  public record Side(int input, int kernel, int stride, int dilation, int before, int after) {
    int extent() {
      return (kernel - 1) * dilation + 1;
    }

    /**
     * Behind the map, so that the windows that begin on it or its front padding are complete; at least {@link
     * #after}.
     */
    int afterCeiling() {
      int span = input + before + after - extent();
      int windows = Math.floorDiv(span + stride - 1, stride) + 1;
      if ((windows - 1) * stride >= input + before) {
        windows--;
      }
      return Math.max(after, (windows - 1) * stride + extent() - input - before);
    }
  }

  /**
   * Reads auto_pad, dilations, kernel_shape, pads and strides.
   *
   * @param kernel  rows and columns of the weights; empty where kernel_shape must tell
   */
  public static SpatialWindow of(OperatorSite site, SpatialOperand x, List<Integer> kernel) {
    Attributes attributes = site.attributes();
    int dims = x.flat() ? 1 : 2;
    List<Long> given = list(site, x, "kernel_shape", dims, 1);
    if (kernel.isEmpty() && !attributes.has("kernel_shape")) {
      throw site.unsupported("attribute kernel_shape is missing");
    }
    List<Long> sizes = kernel.isEmpty() ? given : kernel.stream().map(Integer::longValue).toList();
    if (!kernel.isEmpty() && attributes.has("kernel_shape") && !given.equals(sizes)) {
      throw site.badShape("kernel_shape is " + given + ", the weights have " + sizes);
    }
    List<Long> strides = list(site, x, "strides", dims, 1);
    List<Long> dilations = list(site, x, "dilations", dims, 1);
    List<Long> pads = list(site, x, "pads", 2 * dims, 0);
    String auto = attributes.text("auto_pad", "NOTSET");
    return new SpatialWindow(side(site, auto, x.rows(), 0, sizes, strides, dilations, pads),
        side(site, auto, x.columns(), 1, sizes, strides, dilations, pads));
  }

  private static List<Long> list(OperatorSite site, SpatialOperand x, String name, int count, long otherwise) {
    List<Long> given = site.attributes().integers(name).orElse(Collections.nCopies(count, otherwise));
    if (given.size() != count) {
      throw site.unsupported("attribute " + name + " has " + given.size() + " entries (must have " + count + ")");
    }
    return x.widened(given, otherwise);
  }

  private static Side side(OperatorSite site, String auto, int input, int dim, List<Long> kernels, List<Long> strides,
      List<Long> dilations, List<Long> pads) {
    int kernel = limited(site, "kernel_shape", kernels.get(dim), 1);
    int stride = limited(site, "strides", strides.get(dim), 1);
    int dilation = limited(site, "dilations", dilations.get(dim), 1);
    limited(site, "window", (kernel - 1L) * dilation + 1, 1);
    int before = limited(site, "pads", pads.get(dim), 0);
    int after = limited(site, "pads", pads.get(dim + 2), 0);
    int outputs = (input + stride - 1) / stride;
    int total = Math.max(0, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - input);
    return switch (auto) {
      case "NOTSET", "" -> new Side(input, kernel, stride, dilation, before, after);
      case "VALID" -> new Side(input, kernel, stride, dilation, 0, 0);
      case "SAME_UPPER" -> new Side(input, kernel, stride, dilation, total / 2, total - total / 2);
      case "SAME_LOWER" -> new Side(input, kernel, stride, dilation, total - total / 2, total / 2);
      default -> throw site.unsupported(
          "auto_pad is '" + auto + "' (must be NOTSET, VALID, SAME_UPPER or SAME_LOWER)");
    };
  }

  private static int limited(OperatorSite site, String what, long value, int least) {
    if (value < least) {
      throw site.unsupported("attribute " + what + " has an entry " + value + " (must be at least " + least + ")");
    }
    if (value > Limits.WINDOW_PIXELS) {
      throw site.error(DiagnosticId.TOO_LARGE, "attribute " + what, value, Limits.WINDOW_PIXELS);
    }
    return (int) value;
  }

  /** Windows that lie inside of the padded map. */
  public Window floor(OperatorSite site) {
    return window(site, rows.after, columns.after);
  }

  /** Also windows that begin inside of it. */
  public Window ceiling(OperatorSite site) {
    return window(site, rows.afterCeiling(), columns.afterCeiling());
  }

  private Window window(OperatorSite site, int bottom, int right) {
    Window window = new Window(rows.kernel, columns.kernel, rows.stride, columns.stride, rows.dilation,
        columns.dilation,
        new Padding(rows.before, bottom, columns.before, right));
    if (window.outputH(rows.input) < 1 || window.outputW(columns.input) < 1) {
      throw site.badShape("its window of " + rows.extent() + "x" + columns.extent() + " does not fit the map of "
          + rows.input + "x" + columns.input);
    }
    return window;
  }
}
