package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A batch normalisation of concatenated channels is one of each part, where every part is a convolution that takes it in.
 */
final class SplitBatchNormOverConcat implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.BatchNorm) || !(node.operand(0).op() instanceof Op.Concat concat)) {
      return Optional.empty();
    }
    Node joined = node.operand(0);
    boolean channels = !concat.interleaved() && concat.axis() == joined.type().shape().rank() - 1;
    boolean folds = joined.operands().stream().allMatch(part -> match.singleUse(part)
        && WeightedOp.of(part).filter(w -> w.clamp().isNone()).isPresent());
    if (!channels || !folds || !match.singleUse(joined)) {
      return Optional.empty();
    }
    List<Node> parts = new ArrayList<>();
    int from = 0;
    for (Node part : joined.operands()) {
      int to = from + part.type().shape().dim(-1);
      parts.add(normalised(node, part, from, to));
      from = to;
    }
    return Optional.of(node.replacedBy(concat, parts, node.type()));
  }

  private static Node normalised(Node node, Node part, int from, int to) {
    List<Node> operands = new ArrayList<>(List.of(part));
    for (Node constant : node.operands().subList(1, node.operands().size())) {
      float[] own = Arrays.copyOfRange(constant.constant().reals(), from, to);
      Op contents = new Op.Constant(constant.name(), TensorData.ofFloats(own));
      TensorType type = TensorType.f32(Shape.of(to - from));
      operands.add(new Node(contents, List.of(), type, constant.name(), constant.location(), List.of()));
    }
    return new Node(node.op(), operands, part.type(), part.name() + "/norm", node.location(), List.of());
  }
}
