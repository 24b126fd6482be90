package io.bitwright.frontend.tflite.export;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fully connected operator is a convolution of images of one pixel, between reshapes. In 8 bits it has a scale for
 * each output channel then, which every runtime knows of convolutions.
 */
final class WriteOutFullyConnected implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.FullyConnected op) || !node.type().isFloat()) {
      return Optional.empty();
    }
    Node x = node.operand(0);
    Node weights = node.operand(1);
    int depth = weights.type().shape().dim(1);
    int channels = weights.type().shape().dim(0);
    int rows = x.type().shape().elements() / depth;
    List<Node> operands = new ArrayList<>(node.operands());
    operands.set(0, new Node(new Op.Reshape(), List.of(x), TensorType.f32(Shape.of(rows, 1, 1, depth)),
        node.name() + "/pixels", node.location(), List.of()));
    operands.set(1, weights.replacedBy(weights.op(), List.of(), TensorType.f32(Shape.of(channels, 1, 1, depth))));
    Node convolved = new Node(new Op.Conv2d(Window.POINT, 1, op.clamp(), op.rounding()), operands,
        TensorType.f32(Shape.of(rows, 1, 1, channels)), node.name() + "/convolved", node.location(), List.of());
    return Optional.of(node.replacedBy(new Op.Reshape(), List.of(convolved), node.type()));
  }
}
