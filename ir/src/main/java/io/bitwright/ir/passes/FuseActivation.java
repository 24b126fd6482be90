package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/** A clamp-like activation of the same type becomes the clamp of what it is applied to. */
final class FuseActivation implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    Optional<Clamp> limits = limits(node);
    if (limits.isEmpty()) {
      return Optional.empty();
    }
    Node producer = node.operand(0);
    if (!producer.type().equals(node.type()) || !match.singleUse(producer)) {
      return Optional.empty();
    }
    return clamped(producer.op(), limits.get()).map(op -> node.replacedBy(op, producer.operands(), node.type()));
  }

  private static Optional<Clamp> limits(Node node) {
    if (node.op() instanceof Op.Clip clip) {
      return Optional.of(clip.limits().inTermsOf(node.type()));
    }
    return node.op() instanceof Op.Relu relu ? Optional.of(relu.activation().clampFor(node.type())) : Optional.empty();
  }

  private static Optional<Op> clamped(Op op, Clamp then) {
    if (op instanceof Op.Conv2d o) {
      return Optional.of(new Op.Conv2d(o.window(), o.groups(), o.clamp().then(then), o.rounding()));
    }
    if (op instanceof Op.DepthwiseConv2d o) {
      return Optional.of(new Op.DepthwiseConv2d(o.window(), o.multiplier(), o.clamp().then(then), o.rounding()));
    }
    if (op instanceof Op.FullyConnected o) {
      return Optional.of(new Op.FullyConnected(o.clamp().then(then), o.rounding()));
    }
    if (op instanceof Op.AveragePool2d o) {
      return Optional.of(new Op.AveragePool2d(o.window(), o.divisor(), o.clamp().then(then)));
    }
    if (op instanceof Op.MaxPool2d o) {
      return Optional.of(new Op.MaxPool2d(o.window(), o.clamp().then(then)));
    }
    if (op instanceof Op.Add o) {
      return Optional.of(new Op.Add(o.clamp().then(then), o.rounding()));
    }
    if (op instanceof Op.Mul o) {
      return Optional.of(new Op.Mul(o.clamp().then(then), o.rounding()));
    }
    if (op instanceof Op.Elementwise o) {
      return Optional.of(new Op.Elementwise(o.function(), o.clamp().then(then), o.rounding()));
    }
    if (op instanceof Op.BatchNorm o) {
      return Optional.of(new Op.BatchNorm(o.epsilon(), o.clamp().then(then)));
    }
    return Optional.empty();
  }
}
