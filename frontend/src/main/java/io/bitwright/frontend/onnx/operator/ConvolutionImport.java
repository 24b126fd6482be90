package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.site.SpatialOperand;
import io.bitwright.frontend.onnx.site.SpatialWindow;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import java.util.ArrayList;
import java.util.List;

/** Conv over rows and columns, or over one dimension: weights O, I / groups, h, w become O, h, w, I / groups. */
final class ConvolutionImport {
  private ConvolutionImport() {}

  static Tensor conv(OperatorSite site) {
    site.requireOperands(2, 3);
    SpatialOperand x = SpatialOperand.of(site, 0);
    Array weights = x.widened(site.reals(1, "the weights"));
    List<Integer> filter = weights.dims();
    site.requireRank(weights, 4, 4);
    SpatialWindow window = SpatialWindow.of(site, x, filter.subList(2, 4));
    long groups = site.attributes().integer("group", 1);
    int channels = x.channels();
    if (groups < 1 || channels % groups != 0 || filter.get(0) % groups != 0 || channels / groups != filter.get(1)) {
      throw site.badShape("weights of shape " + filter + " in " + groups + " groups do not fit " + channels
          + " channels");
    }
    List<Node> operands = new ArrayList<>(List.of(x.node()));
    boolean depthwise = groups == channels && groups > 1;
    List<Integer> order = depthwise ? List.of(1, 2, 3, 0) : List.of(0, 2, 3, 1);
    operands.add(site.constant(weights.transposed(order)));
    if (site.has(2)) {
      operands.add(bias(site, filter.get(0)));
    }
    Window padded = window.floor(site);
    Op op = depthwise ? new Op.DepthwiseConv2d(padded, filter.get(0) / channels, Clamp.NONE, Rounding.TIES_EVEN)
        : new Op.Conv2d(padded, (int) groups, Clamp.NONE, Rounding.TIES_EVEN);
    return x.result(op, operands, padded, filter.get(0));
  }

  private static Node bias(OperatorSite site, int filters) {
    Array bias = site.reals(2, "the bias");
    if (!bias.dims().equals(List.of(filters))) {
      throw site.badShape("the bias has shape " + bias.dims() + " (must be [" + filters + "])");
    }
    return site.constant(bias);
  }
}
