package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;

/**
 * SOFTMAX, LOGISTIC, TANH, HARD_SWISH, RELU, RELU6 and RELU_N1_TO_1: one operand, a result of its shape and element
 * type.
 *
 * <p>Source: tensorflow/lite/kernels/activations.cc.
 */
final class ActivationImport {
  private static final int SOFTMAX_OPTIONS = 9;
  private static final float PROBABILITY_SCALE = 1f / 256;
  private static final float WIDE_SCALE = 1f / 32768;

  private ActivationImport() {}

  static Node softmax(OperatorSite site) {
    Node x = operand(site, site.activation(0));
    if (x.type().shape().rank() == 0) {
      throw site.badShape("its operand is a scalar (must have rank 1 or more)");
    }
    requireProbabilities(site);
    float beta = site.requiredOptions(SOFTMAX_OPTIONS).f32(0, 0);
    if (!(beta > 0) || Float.isInfinite(beta)) {
      throw site.unsupported("beta is " + beta + " (must be positive and finite)");
    }
    return site.node(new Op.Softmax(beta), x);
  }

  static Node logistic(OperatorSite site) {
    Node x = operand(site, site.activation(0));
    requireProbabilities(site);
    return site.node(new Op.Logistic(), x);
  }

  static Node hardSwish(OperatorSite site) {
    return site.node(new Op.HardSwish(), operand(site, site.feature(0)));
  }

  /** Limits; TFLite has no 16-bit kernel for those from -1 to 1. */
  static OperatorImport.Single relu(Activation activation) {
    return site -> {
      Node x = activation == Activation.RELU_N1_TO_1 ? site.feature(0) : site.activation(0);
      return site.node(new Op.Relu(activation, Rounding.TFLITE), operand(site, x));
    };
  }

  static Node tanh(OperatorSite site) {
    Node x = operand(site, site.activation(0));
    if (x.type().element() == ElementType.I16) {
      requireProbabilities(site);
    }
    return site.node(new Op.Tanh(), x);
  }

  private static Node operand(OperatorSite site, Node x) {
    site.requireOperands(1, 1);
    site.requireResultElement(x);
    site.requireResultShape(x.type().shape().dims());
    return x;
  }

  /**
   * Refuses a quantised result whose codes do not divide [0, 1] into 256, or, of 16 bits, [-1, 1] into 65536.
   *
   * @throws DiagnosticException as for all checks of an operator
   */
  private static void requireProbabilities(OperatorSite site) {
    TensorType result = site.result();
    if (result.element() == ElementType.I16) {
      if (result.scale() != WIDE_SCALE) {
        throw site.badQuantization("has scale " + result.scale() + " (" + site.name() + " of int16 gives 1/32768)");
      }
      return;
    }
    int zeroPoint = result.element() == ElementType.I8 ? -128 : 0;
    if (!result.isFloat() && (result.scale() != PROBABILITY_SCALE || result.zeroPoint() != zeroPoint)) {
      throw site.badQuantization("has scale " + result.scale() + ", zero point " + result.zeroPoint() + " ("
          + site.name() + " gives scale 1/256, zero point " + zeroPoint + ")");
    }
  }
}
