package io.bitwright.ir.rewrite;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import java.util.List;

/**
 * Rules that are applied together.
 *
 * @param name  kebab-case, as on the command line
 * @param promise  what it preserves
 * @param sentence  what it does, for the manual
 * @param rules  tried in this order at each node; a pass without rules only drops nodes that no output needs
 */
public record Pass(String name, Promise promise, String sentence, List<? extends Rewrite> rules) {
  public Pass {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("pass name '" + name + "' is not kebab-case");
    }
    rules = List.copyOf(rules);
  }

  /**
   * The graph after this pass, verified.
   *
   * @throws IllegalStateException naming pass and node, if the result is invalid
   */
  public Graph apply(Graph graph) {
    Graph result = new Rewriter("pass " + name, rules).rewrite(graph);
    GraphVerifier.check(result, "pass " + name);
    return result;
  }
}
