package io.bitwright.frontend.quantise;

import io.bitwright.ir.graph.Node;
import java.util.IdentityHashMap;
import java.util.Map;

/** What each tensor of an f32 graph was seen to hold during calibration. Immutable. */
public final class Observations {
  private final Map<Node, Range> ranges;

  /** Takes a range for every node that is no constant. */
  Observations(Map<Node, Range> ranges) {
    this.ranges = new IdentityHashMap<>(ranges);
  }

  /** From the smallest to the largest element over all frames. */
  public Range range(Node node) {
    Range range = ranges.get(node);
    if (range == null) {
      throw new IllegalArgumentException("'" + node.name() + "' was not observed");
    }
    return range;
  }
}
