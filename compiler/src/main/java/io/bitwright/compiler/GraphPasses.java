package io.bitwright.compiler;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.ir.rewrite.Pipeline;
import java.util.Set;
import java.util.TreeSet;

/** Runs the standard passes as the options say. */
final class GraphPasses {
  /** What {@code dumpAfter} holds to see the graph after every pass. */
  private static final String EVERY = "all";

  private GraphPasses() {}

  static Graph run(Graph graph, CompileOptions options, CompileObserver observer) {
    Pipeline all = StandardPipeline.create();
    all.requireKnown(options.dumpAfter().stream().filter(name -> !name.equals(EVERY)).toList());
    return all.without(options.disabledPasses()).run(graph, reporting("", options, observer));
  }

  /** Tells the compilation's observer what each pass did. */
  static Pipeline.Observer reporting(String suffix, CompileOptions options, CompileObserver observer) {
    return (pass, after, nanos) -> {
      observer.time(pass.name() + suffix, nanos);
      if (options.dumpAfter().contains(pass.name()) || options.dumpAfter().contains(EVERY)) {
        observer.dump(pass.name() + suffix, after);
      }
    };
  }

  /** The graph with its constants folded and nothing else. */
  static Graph withoutFusion(Graph graph) {
    Pipeline all = StandardPipeline.create();
    Set<String> kept = Set.of("share-constants", "fold-constants", "remove-dead-code");
    Set<String> disabled = new TreeSet<>(all.names());
    disabled.removeAll(kept);
    return all.without(disabled).run(graph);
  }
}
