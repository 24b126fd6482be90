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
  private static final String MERGING = "merge-convolutions";

  private GraphPasses() {}

  /**
   * The graph after the passes.
   *
   * @param merged  told if convolutions were merged
   */
  static Graph run(Graph graph, CompileOptions options, CompileObserver observer, Runnable merged) {
    Pipeline all = StandardPipeline.create();
    all.requireKnown(options.dumpAfter().stream().filter(name -> !name.equals(EVERY)).toList());
    Pipeline.Observer reports = reporting("", options, observer);
    Graph[] before = {graph};
    return all.without(options.disabledPasses()).run(graph, (pass, after, nanos) -> {
      if (pass.name().equals(MERGING) && after != before[0]) {
        merged.run();
      }
      before[0] = after;
      reports.after(pass, after, nanos);
    });
  }

  /** The graph after the passes, but for the one that merges convolutions; nothing is told of it. */
  static Graph withoutMerging(Graph graph, CompileOptions options) {
    Set<String> disabled = new TreeSet<>(options.disabledPasses());
    disabled.add(MERGING);
    return StandardPipeline.create().without(disabled).run(graph);
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
