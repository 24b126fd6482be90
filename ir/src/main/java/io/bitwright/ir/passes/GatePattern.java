package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import java.util.Optional;

/** The parts of h-sigmoid and h-swish written out in f32. */
final class GatePattern {
  private static final Clamp SIX = new Clamp(0, 6);

  /** One sixth, as precisely as networks write it: 0.16667 is in use. */
  private static final double SIXTH_TOLERANCE = 1e-5;

  private GatePattern() {}

  /** The x of {@code relu6(x + 3)}, where nothing else reads a part of it. */
  static Optional<Node> shiftedRelu6(Node node, Match match) {
    if (!node.type().isFloat() || !match.singleUse(node)) {
      return Optional.empty();
    }
    if (node.op() instanceof Op.Add add && add.clamp().equals(SIX)) {
      return otherThan(node, 3, 0);
    }
    boolean clips = node.op() instanceof Op.Clip clip && clip.limits().equals(SIX)
        || node.op() instanceof Op.Relu relu && relu.activation() == Activation.RELU6;
    if (!clips || !match.singleUse(node.operand(0))) {
      return Optional.empty();
    }
    Node sum = node.operand(0);
    return sum.op() instanceof Op.Add add && add.clamp().isNone() ? otherThan(sum, 3, 0) : Optional.empty();
  }

  /** The x of {@code x * 1/6}. */
  static Optional<Node> sixth(Node node) {
    return isProduct(node) ? otherThan(node, 1.0 / 6, SIXTH_TOLERANCE) : Optional.empty();
  }

  /** Whether the node is an f32 product without limits and without broadcast of what is not constant. */
  static boolean isProduct(Node node) {
    return node.type().isFloat() && node.op() instanceof Op.Mul mul && mul.clamp().isNone();
  }

  /** The operand beside a constant all of whose elements are near a value. */
  private static Optional<Node> otherThan(Node node, double value, double tolerance) {
    for (int i = 0; i < 2; i++) {
      Node other = node.operand(1 - i);
      if (isConstant(node.operand(i), value, tolerance) && other.type().equals(node.type())) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  private static boolean isConstant(Node node, double value, double tolerance) {
    if (!node.isConstant()) {
      return false;
    }
    for (float element : node.constant().reals()) {
      if (!(Math.abs(element - value) <= tolerance)) {
        return false;
      }
    }
    return true;
  }
}
