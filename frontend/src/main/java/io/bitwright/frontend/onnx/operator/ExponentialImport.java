package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.UnaryFunction;
import java.util.List;

/** Rectifiers that are exponentials below zero, written out: {@code max(x, 0) + alpha * (exp(min(x, 0) / slope) - 1)}. */
final class ExponentialImport {
  private ExponentialImport() {}

  static Tensor elu(OperatorSite site) {
    return rectified(site, site.attributes().real("alpha", 1), 1);
  }

  /** As smooth at zero whatever alpha is. */
  static Tensor celu(OperatorSite site) {
    float alpha = site.attributes().real("alpha", 1);
    if (!(alpha > 0)) {
      throw site.unsupported("alpha is " + alpha + " (must be positive)");
    }
    return rectified(site, alpha, alpha);
  }

  private static Tensor rectified(OperatorSite site, float alpha, float slope) {
    Feature x = site.feature(0);
    List<Integer> dims = x.node().type().shape().dims();
    Op product = new Op.Mul(Clamp.NONE, Rounding.TIES_EVEN);
    Op limit = new Op.Clip(new Clamp(Double.NEGATIVE_INFINITY, 0), Rounding.TIES_EVEN);
    Node below = site.inserted(limit, List.of(x.node()), dims);
    Node scaled = slope == 1 ? below : site.inserted(product, List.of(below, site.scalar(1 / slope)), dims);
    Node power = site.inserted(new Op.Unary(UnaryFunction.EXP, Rounding.TIES_EVEN), List.of(scaled), dims);
    Node less = site.inserted(new Op.Elementwise(BinaryFunction.SUB), List.of(power, site.scalar(1)), dims);
    Node negative = alpha == 1 ? less : site.inserted(product, List.of(less, site.scalar(alpha)), dims);
    Node positive = site.inserted(new Op.Relu(Activation.RELU, Rounding.TIES_EVEN), List.of(x.node()), dims);
    return site.result(new Op.Add(Clamp.NONE, Rounding.TIES_EVEN), List.of(positive, negative), dims, x.view());
  }
}
