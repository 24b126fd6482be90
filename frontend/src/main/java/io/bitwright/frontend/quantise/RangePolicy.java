package io.bitwright.frontend.quantise;

import io.bitwright.ir.graph.Node;

/** Decides which reals a tensor's codes reach. */
@FunctionalInterface
public interface RangePolicy {
  /** All that was observed. */
  RangePolicy MIN_MAX = (node, observations) -> observations.range(node);

  /** The reals that the codes of a node's result are to reach; zero is added to them. */
  Range range(Node node, Observations observations);
}
