package io.bitwright.ir.passes;

import io.bitwright.ir.graph.ChannelScaling;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an f32 node computes where it is {@code clamp(x * scale[c] + shift[c])}: a batch normalisation, or a product or sum
 * with a constant of one element or one a channel.
 */
record ChannelScale(Node x, double[] scale, double[] shift, Clamp clamp) {
  static Optional<ChannelScale> of(Node node) {
    if (!node.type().isFloat()) {
      return Optional.empty();
    }
    if (node.op() instanceof Op.BatchNorm batch) {
      ChannelScaling scaling = ChannelScaling.of(node);
      return Optional.of(new ChannelScale(node.operand(0), scaling.scale(), scaling.shift(), batch.clamp()));
    }
    if (node.op() instanceof Op.Mul mul) {
      return constants(node).map(c -> new ChannelScale(variable(node), c, new double[c.length], mul.clamp()));
    }
    if (node.op() instanceof Op.Add add) {
      return constants(node).map(c -> new ChannelScale(variable(node), ones(c.length), c, add.clamp()));
    }
    return Optional.empty();
  }

  private static Node variable(Node node) {
    return node.operand(node.operand(0).isConstant() ? 1 : 0);
  }

  /** The constant operand of a product or sum, an element a channel. */
  private static Optional<double[]> constants(Node node) {
    Node x = variable(node);
    Node constant = node.operand(node.operand(0).isConstant() ? 0 : 1);
    boolean matches = constant.isConstant() && !x.isConstant() && x.type().equals(node.type())
        && node.type().shape().rank() >= 1;
    if (!matches) {
      return Optional.empty();
    }
    int channels = node.type().shape().dim(-1);
    Shape shape = constant.type().shape();
    boolean one = shape.elements() == 1;
    if (!one && (shape.elements() != channels || shape.dim(-1) != channels)) {
      return Optional.empty();
    }
    double[] values = new double[channels];
    for (int c = 0; c < channels; c++) {
      values[c] = constant.constant().real(one ? 0 : c);
    }
    return Optional.of(values);
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Whether every channel is only multiplied. */
  boolean keepsZero() {
    return Arrays.stream(shift).allMatch(s -> s == 0);
  }
}
