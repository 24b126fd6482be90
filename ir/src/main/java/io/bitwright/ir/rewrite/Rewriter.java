package io.bitwright.ir.rewrite;

import io.bitwright.ir.graph.Graph;
import java.util.List;

/** Applies rules to a graph, bottom-up, until none fires. The same graph and rules always give the same result. */
public final class Rewriter {
  private final String stage;
  private final List<Rule> rules;
  private final List<SiblingRule> siblingRules;

  /**
   * Prepares.
   *
   * @param stage  named by exceptions
   * @param rules  tried in this order at each node; those for several nodes come after those for one
   */
  public Rewriter(String stage, List<? extends Rewrite> rules) {
    this.stage = stage;
    this.rules = rules.stream().filter(Rule.class::isInstance).map(Rule.class::cast).toList();
    this.siblingRules = rules.stream().filter(SiblingRule.class::isInstance).map(SiblingRule.class::cast).toList();
  }

  /**
   * The rewritten graph; the same object where no rule fires.
   *
   * @throws IllegalStateException naming stage, rule and node, if a rule changes a type or the rules do not end
   */
  public Graph rewrite(Graph graph) {
    Graph current = graph;
    for (int sweeps = 0; sweeps <= graph.nodes().size() + 10; sweeps++) {
      Graph next = sweep(current);
      if (next == current) {
        return current;
      }
      current = next;
    }
    throw new IllegalStateException(stage + " does not come to an end");
  }

  /** One application of all rules; the same object where none fires. */
  private Graph sweep(Graph graph) {
    Sweep sweep = new Sweep(graph, rules, stage);
    Graph swept = sweep.run();
    Graph current = sweep.fired() == 0 ? graph : swept;
    for (SiblingRule rule : siblingRules) {
      current = new Siblings(current, rule, stage).run();
    }
    return current;
  }
}
