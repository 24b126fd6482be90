package io.bitwright.compiler;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.rewrite.Pipeline;

/** Runs the standard passes as the options say. */
final class GraphPasses {
  /** What {@code dumpAfter} holds to see the graph after every pass. */
  private static final String EVERY = "all";

  private GraphPasses() {}

  static Graph run(Graph graph, CompileOptions options, CompileObserver observer) {
    Pipeline all = new Pipeline(java.util.List.of(), java.util.List.of());
    all.requireKnown(options.dumpAfter().stream().filter(name -> !name.equals(EVERY)).toList());
    return all.without(options.disabledPasses()).run(graph, (pass, after, nanos) -> {
      observer.time(pass.name(), nanos);
      if (options.dumpAfter().contains(pass.name()) || options.dumpAfter().contains(EVERY)) {
        observer.dump(pass.name(), after);
      }
    });
  }
}
