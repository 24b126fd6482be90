package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.site.SpatialOperand;
import io.bitwright.frontend.onnx.site.SpatialWindow;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Op.Divisor;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import java.util.ArrayList;
import java.util.List;

/** MaxPool, AveragePool and the global ones. */
final class PoolingImport {
  private PoolingImport() {}

  static Tensor max(OperatorSite site) {
    site.requireOneResult("the indices");
    site.attributes().ignore("storage_order"); // orders the indices only
    SpatialOperand x = SpatialOperand.of(site, site.activation(0));
    SpatialWindow window = SpatialWindow.of(site, x, List.of());
    Window padded = ceils(site) ? window.ceiling(site) : window.floor(site);
    requireTouching(site, x, padded);
    return x.result(new Op.MaxPool2d(padded, Clamp.NONE), List.of(x.node()), padded, x.channels());
  }

  /** Padding that counts becomes a pad of zeros where some windows reach behind it, which does not count. */
  static Tensor average(OperatorSite site) {
    SpatialOperand x = SpatialOperand.of(site, 0);
    SpatialWindow window = SpatialWindow.of(site, x, List.of());
    Window padded = ceils(site) ? window.ceiling(site) : window.floor(site);
    boolean counts = site.attributes().integer("count_include_pad", 0) != 0;
    Window own = window.floor(site);
    requireTouching(site, x, padded);
    if (counts && !own.padding().equals(padded.padding())) {
      Padding pad = own.padding();
      List<Integer> before = List.of(0, pad.top(), pad.left(), 0);
      List<Integer> after = List.of(0, pad.bottom(), pad.right(), 0);
      List<Integer> dims = new ArrayList<>(x.node().type().shape().dims());
      for (int d = 0; d < dims.size(); d++) {
        dims.set(d, before.get(d) + dims.get(d) + after.get(d));
      }
      Node wide = site.inserted(new Op.Pad(before, after), List.of(x.node()), dims);
      Window rest = padded.withPadding(new Padding(0, padded.padding().bottom() - pad.bottom(), 0,
          padded.padding().right() - pad.right()));
      Op op = new Op.AveragePool2d(rest, Divisor.INSIDE, Clamp.NONE);
      return x.result(op, List.of(wide), padded, x.channels());
    }
    Op op = new Op.AveragePool2d(padded, counts ? Divisor.WINDOW : Divisor.INSIDE, Clamp.NONE);
    return x.result(op, List.of(x.node()), padded, x.channels());
  }

  private static boolean ceils(OperatorSite site) {
    return site.attributes().integer("ceil_mode", 0) != 0;
  }

  /** Refuses a window that lies in the padding at some place: it has no maximum and no mean. */
  private static void requireTouching(OperatorSite site, SpatialOperand x, Window window) {
    boolean touches = touches(window.outputH(x.rows()), window.strideH(), window.kernelH(), window.dilationH(),
        window.padding().top(), x.rows())
        && touches(window.outputW(x.columns()), window.strideW(), window.kernelW(), window.dilationW(),
        window.padding().left(), x.columns());
    if (!touches) {
      throw site.unsupported("at some place its window lies in the padding only");
    }
  }

  private static boolean touches(int outputs, int stride, int kernel, int dilation, int before, int size) {
    for (int o = 0; o < outputs; o++) {
      int first = o * stride - before;
      int skipped = first < 0 ? (-first + dilation - 1) / dilation : 0;
      if (skipped >= kernel || first + skipped * dilation >= size) {
        return false;
      }
    }
    return true;
  }

  static Tensor globalAverage(OperatorSite site) {
    SpatialOperand x = SpatialOperand.of(site, 0);
    return x.result(new Op.Mean(List.of(1, 2), true, Rounding.TIES_EVEN), List.of(x.node()), 1, 1, x.channels());
  }

  static Tensor globalMax(OperatorSite site) {
    SpatialOperand x = SpatialOperand.of(site, site.activation(0));
    Window window = new Window(x.rows(), x.columns(), 1, 1, 1, 1, Padding.NONE);
    return x.result(new Op.MaxPool2d(window, Clamp.NONE), List.of(x.node()), window, x.channels());
  }
}
