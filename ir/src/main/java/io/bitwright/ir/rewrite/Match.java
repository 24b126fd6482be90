package io.bitwright.ir.rewrite;

import io.bitwright.ir.graph.Node;
import java.util.List;
import java.util.Optional;

/** What a rule may ask about the graph around the node it looks at. */
public interface Match {
  /** How often the node is an operand, plus once for each time it is a graph output. Never too low. */
  int uses(Node node);

  boolean isOutput(Node node);

  /** Whether the node is one operand of one node and no graph output: it vanishes if that node is replaced. */
  default boolean singleUse(Node node) {
    return uses(node) == 1 && !isOutput(node);
  }

  /** The source operators that the node stands for by now. */
  List<Integer> origins(Node node);

  /** Has a node that exists already stand for further source operators, whose output has exactly its elements. */
  void carry(Node existing, List<Integer> origins);

  /** The first constant node of the graph that has the same type and contents; empty where it is this one. */
  Optional<Node> earlierConstant(Node constant);
}
