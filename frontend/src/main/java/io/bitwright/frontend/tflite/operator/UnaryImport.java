package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.schema.OptionTypes;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/**
 * ABS, NEG, SQUARE, SQRT, RSQRT, EXP, LEAKY_RELU and LOG_SOFTMAX: one operand, a result of its shape and element
 * type.
 *
 * <p>Source: tensorflow/lite/kernels/elementwise.cc, neg.cc, exp.cc and activations.cc.
 */
final class UnaryImport {
  private static final float LOGARITHM_SCALE = 1f / 16;

  private UnaryImport() {}

  /**
   * A function of each element.
   *
   * @param accepted  element types that TFLite has a kernel for, and we too
   */
  static OperatorImport.Single of(UnaryFunction function, ElementType... accepted) {
    return site -> {
      Node x = operand(site);
      site.requireElement(x, List.of(accepted));
      return site.node(new Op.Unary(function, Rounding.TFLITE), x);
    };
  }

  /** The kernel of codes negates them as they are, which is the negated real only around 0. */
  static Node neg(OperatorSite site) {
    Node negated = of(UnaryFunction.NEG, ElementType.F32, ElementType.I8, ElementType.I16).build(site);
    if (!negated.type().isFloat()) {
      site.requireSameQuantization(negated.operand(0));
      if (negated.type().zeroPoint() != 0) {
        throw site.badQuantization("has zero point " + negated.type().zeroPoint()
            + " (must be 0: TFLite's NEG negates codes, whatever their zero point)");
      }
    }
    return negated;
  }

  static Node logSoftmax(OperatorSite site) {
    Node x = operand(site);
    site.requireElement(x, List.of(ElementType.F32, ElementType.I8, ElementType.U8));
    TensorType result = site.result();
    if (!result.isFloat()
        && (result.scale() != LOGARITHM_SCALE || result.zeroPoint() != result.element().max())) {
      throw site.badQuantization("has scale " + result.scale() + ", zero point " + result.zeroPoint()
          + " (LOG_SOFTMAX gives scale 1/16, zero point " + result.element().max() + ")");
    }
    if (x.type().shape().rank() == 0) {
      throw site.badShape("its operand is a scalar (must have rank 1 or more)");
    }
    return site.node(new Op.LogSoftmax(), x);
  }

  /**
   * PRELU with one slope. Quantised, the slope is the code 1 or -1 of a scale that is its magnitude: the factors of
   * both kernels are then the same float32 products.
   */
  static Node leakyRelu(OperatorSite site) {
    Node x = operand(site);
    float alpha = site.options(OptionTypes.LEAKY_RELU).map(o -> o.f32(0, 0)).orElse(0f);
    if (!Float.isFinite(alpha)) {
      throw site.unsupported("alpha is " + alpha + " (must be finite)");
    }
    if (alpha == 0) {
      return site.node(new Op.Relu(Activation.RELU, Rounding.TFLITE), x);
    }
    return site.node(new Op.Elementwise(BinaryFunction.PRELU), x, slope(site, x, alpha));
  }

  private static Node slope(OperatorSite site, Node x, float alpha) {
    ElementType element = x.type().element();
    String name = site.location().node() + "/alpha";
    if (element == ElementType.F32) {
      return constant(site, name, TensorType.f32(Shape.of()), TensorData.ofFloats(alpha));
    }
    int zero = element == ElementType.U8 ? 1 : 0;
    TensorType type = TensorType.quantized(Shape.of(), element, Math.abs(alpha), zero);
    return constant(site, name, type, TensorData.ofCodes(element, zero + (alpha > 0 ? 1 : -1)));
  }

  private static Node constant(OperatorSite site, String name, TensorType type, TensorData data) {
    return new Node(new Op.Constant(name, data), List.of(), type, name, site.location(), List.of());
  }

  private static Node operand(OperatorSite site) {
    site.requireOperands(1, 1);
    Node x = site.activation(0);
    site.requireResultElement(x);
    site.requireResultShape(x.type().shape().dims());
    return x;
  }
}
