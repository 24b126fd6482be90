package io.bitwright.frontend.quantise;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A batch normalisation of vectors is one of an image between reshapes, which a convolution can compute. */
final class BatchNormToImage implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    Shape shape = node.type().shape();
    if (!(node.op() instanceof Op.BatchNorm) || shape.rank() == 4) {
      return Optional.empty();
    }
    int channels = shape.dim(-1);
    TensorType image = TensorType.f32(Shape.of(shape.elements() / channels, 1, 1, channels));
    List<Node> operands = new ArrayList<>(node.operands());
    operands.set(0, like(node, new Op.Reshape(), List.of(node.operand(0)), image, "/image"));
    Node normalised = like(node, node.op(), operands, image, "/normalised");
    return Optional.of(node.replacedBy(new Op.Reshape(), List.of(normalised), node.type()));
  }

  private static Node like(Node node, Op op, List<Node> operands, TensorType type, String suffix) {
    return new Node(op, operands, type, node.name() + suffix, node.location(), List.of());
  }
}
