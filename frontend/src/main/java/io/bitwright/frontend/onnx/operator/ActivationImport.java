package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** Functions of one tensor, element by element: the result has the operand's view. */
final class ActivationImport {
  private static final float SIXTH = 1f / 6;
  /** The default limits of old versions, which are no limits. */
  private static final float LARGEST = Float.MAX_VALUE;

  private ActivationImport() {}

  /** An operator without attributes. */
  static OperatorImport.Single of(Op op) {
    return site -> result(site, site.feature(0), op);
  }

  private static Feature result(OperatorSite site, Feature x, Op op, Node... others) {
    List<Node> operands = others.length == 0 ? List.of(x.node()) : List.of(x.node(), others[0]);
    return site.result(op, operands, x.node().type().shape().dims(), x.view());
  }

  static Tensor relu(OperatorSite site) {
    Feature x = site.activation(0);
    return x.type() == DataType.FLOAT ? result(site, x, new Op.Relu(Activation.RELU, Rounding.TIES_EVEN))
        : limited(site, x, 0, Double.POSITIVE_INFINITY);
  }

  /** Limits of codes, in codes. */
  private static Feature limited(OperatorSite site, Feature x, double lo, double hi) {
    TensorType type = x.node().type();
    Clamp reals = new Clamp((lo - type.zeroPoint()) * type.scale(), (hi - type.zeroPoint()) * type.scale());
    return site.moved(new Op.Clip(reals, Rounding.TIES_EVEN), x.node(), type.shape().dims(), x.view());
  }

  static Tensor swish(OperatorSite site) {
    if (site.attributes().real("alpha", 1) != 1) {
      throw site.unsupported("alpha is " + site.attributes().real("alpha", 1) + " (must be 1)");
    }
    return result(site, site.feature(0), new Op.Swish());
  }

  static Tensor clip(OperatorSite site) {
    Feature x = site.activation(0);
    Optional<Float> least = site.real("min", 1).filter(v -> v != -LARGEST);
    Optional<Float> most = site.real("max", 2).filter(v -> v != LARGEST);
    if (least.filter(v -> v.isNaN()).isPresent() || most.filter(v -> v.isNaN()).isPresent()) {
      throw site.unsupported("a limit is no number");
    }
    double hi = most.map(Float::doubleValue).orElse(Double.POSITIVE_INFINITY);
    // The upper limit is applied last.
    double lo = Math.min(hi, least.map(Float::doubleValue).orElse(Double.NEGATIVE_INFINITY));
    if (x.type() != DataType.FLOAT) {
      return limited(site, x, lo, hi);
    } else if (lo == 0 && hi == 6) {
      return result(site, x, new Op.Relu(Activation.RELU6, Rounding.TIES_EVEN));
    } else if (lo == 0 && hi == Double.POSITIVE_INFINITY) {
      return result(site, x, new Op.Relu(Activation.RELU, Rounding.TIES_EVEN));
    }
    return result(site, x, new Op.Clip(new Clamp(lo, hi), Rounding.TIES_EVEN));
  }

  /** {@code max(0, min(1, alpha * x + beta))}. */
  static Tensor hardSigmoid(OperatorSite site) {
    Feature x = site.feature(0);
    float alpha = site.attributes().real("alpha", 0.2f);
    float beta = site.attributes().real("beta", 0.5f);
    if (alpha == SIXTH && beta == 0.5f) {
      return result(site, x, new Op.HardSigmoid());
    }
    List<Integer> dims = x.node().type().shape().dims();
    Node scaled = site.inserted(new Op.Mul(Clamp.NONE, Rounding.TIES_EVEN), List.of(x.node(), site.scalar(alpha)),
        dims);
    Op sum = new Op.Add(Clamp.NONE, Rounding.TIES_EVEN);
    Node shifted = site.inserted(sum, List.of(scaled, site.scalar(beta)), dims);
    return result(site, new Feature(shifted, x.view()), new Op.Clip(new Clamp(0, 1), Rounding.TIES_EVEN));
  }

  static Tensor leakyRelu(OperatorSite site) {
    float alpha = site.attributes().real("alpha", 0.01f);
    return result(site, site.feature(0), new Op.Elementwise(BinaryFunction.PRELU), site.scalar(alpha));
  }

  static Tensor neg(OperatorSite site) {
    return result(site, site.feature(0), new Op.Mul(Clamp.NONE, Rounding.TIES_EVEN), site.scalar(-1));
  }

  /** The larger of x and -x. */
  static Tensor abs(OperatorSite site) {
    Feature x = site.feature(0);
    Op negation = new Op.Mul(Clamp.NONE, Rounding.TIES_EVEN);
    Node negated = site.inserted(negation, List.of(x.node(), site.scalar(-1)), x.node().type().shape().dims());
    return result(site, x, new Op.Elementwise(BinaryFunction.MAX), negated);
  }

  static Tensor reciprocal(OperatorSite site) {
    Feature x = site.feature(0);
    return site.result(new Op.Elementwise(BinaryFunction.DIV), List.of(site.scalar(1), x.node()),
        x.node().type().shape().dims(), x.view());
  }
}
