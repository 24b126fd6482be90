package io.bitwright.frontend.quantise;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.passes.BatchNormToDepthwise;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.ir.rewrite.Pass;
import io.bitwright.ir.rewrite.Pipeline;
import io.bitwright.ir.rewrite.Promise;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The passes that an f32 graph takes before it is quantised: those after which fewer tensors are quantised, or
 * operators with a better 8-bit form stand. What merges operators comes later, when each has its own scales.
 */
final class Preparation {
  private static final Set<String> PASSES = Set.of(
      "share-constants", "fold-constants", "fold-padding", "elide-reshapes", "elide-concats",
      "recognise-activations", "fold-scales", "fold-shuffles", "fuse-activations", "remove-dead-code");

  private Preparation() {}

  /**
   * The graph after those passes, without batch normalisations.
   *
   * @param disabled  passes left out, by name
   */
  static Graph run(Graph graph, Set<String> disabled, Pipeline.Observer observer) {
    Pipeline all = StandardPipeline.create();
    Set<String> left = new TreeSet<>(all.names());
    left.removeAll(PASSES);
    left.addAll(disabled);
    Graph folded = all.without(left).run(graph, observer);
    return new Pass("take-integer-forms", Promise.REALS,
        "Batch normalisations become depthwise convolutions, average pools over whole maps become means.",
        List.of(new BatchNormToImage(), new BatchNormToDepthwise(Rounding.TFLITE), new GlobalPoolToMean())).apply(folded);
  }
}
