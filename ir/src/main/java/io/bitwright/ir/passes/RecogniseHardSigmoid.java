package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.List;
import java.util.Optional;

/** {@code relu6(x + 3) * 1/6} is h-sigmoid; 0.16667 will do for 1/6. */
final class RecogniseHardSigmoid implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    return GatePattern.sixth(node).flatMap(gate -> GatePattern.shiftedRelu6(gate, match))
        .map(x -> node.replacedBy(new Op.HardSigmoid(), List.of(x), node.type()));
  }
}
