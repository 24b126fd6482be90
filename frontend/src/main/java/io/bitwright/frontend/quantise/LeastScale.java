package io.bitwright.frontend.quantise;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;

/**
 * The smallest output scale that an operator's integer form takes. Scales of tensors that calibration saw hardly ever
 * come near: these limits are met where an output is all but zero for inputs that are not.
 */
final class LeastScale {
  /** Keeps the fixed-point factor of a requantisation below 2^20; its limit is 2^31. */
  private static final double SMALLEST_QUOTIENT = 0x1p-20;

  /** h-swish: the input's scale / 128 must be below the output's (docs/semantics.md). */
  private static final double H_SWISH = (1 + 0x1p-20) / 128;

  /** Softmax: beta * scale must exceed 2^-26 (docs/semantics.md). */
  private static final double SOFTMAX_OPERAND = 0x1p-26 * (1 + 0x1p-20);

  private LeastScale() {}

  /** Scale of a node's result, or of a constant. */
  @FunctionalInterface
  interface Scales {
    double of(Node node);
  }

  /** Of a node's result, given the scales of its operands; 0 where any will do. */
  static double ofResult(Node node, Scales scales) {
    Op op = node.op();
    if (op instanceof Op.HardSwish) {
      return scales.of(node.operand(0)) * H_SWISH;
    } else if (op instanceof Op.Relu || op instanceof Op.Clip || op instanceof Op.Mean) {
      return scales.of(node.operand(0)) * SMALLEST_QUOTIENT;
    } else if (op instanceof Op.Add) {
      return Math.max(scales.of(node.operand(0)), scales.of(node.operand(1))) * SMALLEST_QUOTIENT;
    } else if (op instanceof Op.LocalResponseNorm norm) {
      return scales.of(node.operand(0)) * Math.pow(norm.bias(), -norm.beta()) * SMALLEST_QUOTIENT;
    }
    boolean products = op instanceof Op.Mul || op instanceof Op.Conv2d || op instanceof Op.DepthwiseConv2d
        || op instanceof Op.FullyConnected;
    return products ? scales.of(node.operand(0)) * scales.of(node.operand(1)) * SMALLEST_QUOTIENT : 0;
  }

  /** Of a node's first operand; 0 where any will do. */
  static double ofOperand(Node node) {
    double logarithm = node.op() instanceof Op.LogSoftmax ? SOFTMAX_OPERAND : 0;
    return node.op() instanceof Op.Softmax softmax ? SOFTMAX_OPERAND / softmax.beta() : logarithm;
  }
}
