package io.bitwright.ir.passes;


import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * {@code max_pool2d(pad(x))} is a pool with more padding where what the pad feeds cannot matter: it is the smallest
 * code, and every window has a tap inside of the image. An average pool is left alone: its divisor counts those taps.
 */
final class FoldPadIntoMaxPool implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.MaxPool2d pool) || !(node.operand(0).op() instanceof Op.Pad pad)
        || !feedsSmallest(pad, node.operand(0).type())) {
      return Optional.empty();
    }
    return SpatialPad.into(pool.window(), node.operand(0))
        .filter(w -> touches(w, node.operand(0).operand(0).type().shape(), node.type().shape()))
        .map(w -> node.replacedBy(
            new Op.MaxPool2d(w, pool.clamp()), List.of(node.operand(0).operand(0)), node.type()));
  }

  private static boolean feedsSmallest(Op.Pad pad, TensorType type) {
    return type.isFloat() ? pad.value().orElse(0) == Double.NEGATIVE_INFINITY
        : pad.value().orElse(type.zeroPoint()) == type.element().min();
  }

  private static boolean touches(Window w, Shape in, Shape out) {
    return w.padding().top() < w.kernelH()
        && w.padding().left() < w.kernelW()
        && (out.dim(1) - 1L) * w.strideH() - w.padding().top() < in.dim(1)
        && (out.dim(2) - 1L) * w.strideW() - w.padding().left() < in.dim(2);
  }
}
