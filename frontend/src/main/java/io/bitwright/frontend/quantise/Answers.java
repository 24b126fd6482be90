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
