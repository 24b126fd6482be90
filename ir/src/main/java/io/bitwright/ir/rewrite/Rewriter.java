package io.bitwright.ir.rewrite;

import io.bitwright.ir.graph.Graph;
import java.util.List;

/** Applies rules to a graph, bottom-up, until none fires. The same graph and rules always give the same result. */
public final class Rewriter {
  private final String stage;
  private final List<Rule> rules;

  /**
   * Prepares.
   *
   * @param stage  named by exceptions
   * @param rules  tried in this order at each node
   */
  public Rewriter(String stage, List<Rule> rules) {
    this.stage = stage;
    this.rules = List.copyOf(rules);
  }

  /**
   * The rewritten graph; the same object where no rule fires.
   *
   * @throws IllegalStateException naming stage, rule and node, if a rule changes a type or the rules do not end
   */
  public Graph rewrite(Graph graph) {
    Graph current = graph;
    for (int sweeps = 0; sweeps <= graph.nodes().size() + 10; sweeps++) {
      Sweep sweep = new Sweep(current, rules, stage);
      Graph next = sweep.run();
      if (sweep.fired() == 0) {
        return current;
      }
      current = next;
    }
    throw new IllegalStateException(stage + " does not come to an end");
  }
}
