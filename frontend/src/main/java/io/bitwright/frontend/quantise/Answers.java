package io.bitwright.frontend.quantise;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The tensors that a network answers with: its outputs, and what a softmax or the choice of the largest element reads.
 * Their largest elements are few, and they are the answer: a range that clips them to serve the many would change it.
 */
final class Answers {
  private Answers() {}

  /** Whether an output has values for many places each, as detectors and segmenters have. */
  static boolean areOfPlaces(Graph graph) {
    return graph.outputs().stream().map(o -> o.type().shape()).filter(s -> s.rank() > 2)
        .anyMatch(s -> s.elements() > s.dim(0) * s.dim(-1));
  }

  static Set<Node> of(Graph graph) {
    Set<Node> answers = Collections.newSetFromMap(new IdentityHashMap<>());
    answers.addAll(graph.outputs());
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Softmax || node.op() instanceof Op.LogSoftmax || node.op() instanceof Op.ArgMax) {
        answers.add(node.operand(0));
      }
    }
    return answers;
  }
}
