package io.bitwright.frontend.quantise.range;

import io.bitwright.ir.graph.Node;
import java.util.IdentityHashMap;
import java.util.Map;

/** What each tensor of an f32 graph was seen to hold during calibration. Immutable. */
public final class Observations {
  private final Map<Node, Observation> byNode;

  /** Takes one for every node that is no constant. */
  Observations(Map<Node, Observation> byNode) {
    this.byNode = new IdentityHashMap<>(byNode);
  }

  /** Of the result of a node of the graph that ran. */
  public Observation of(Node node) {
    Observation observation = byNode.get(node);
    if (observation == null) {
      throw new IllegalArgumentException("'" + node.name() + "' was not observed");
    }
    return observation;
  }
}
