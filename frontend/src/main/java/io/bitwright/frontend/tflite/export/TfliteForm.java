package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.writeout.WriteOutHardSigmoid;
import io.bitwright.frontend.writeout.WriteOutSwish;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.rewrite.Pass;
import io.bitwright.ir.rewrite.Promise;
import java.util.List;

/**
 * Says f32 networks in the operators that TFLite has. Quantised afterwards, the network and its file are the same: each
 * of these operators has scales of its own in both.
 */
public final class TfliteForm {
  private static final Pass PASS = new Pass("say-in-tflite", Promise.REALS,
      "Operators that TFLite lacks are written out in those it has.",
      List.of(new WriteOutHardSigmoid(), new WriteOutSwish(), new WriteOutClip(), new WriteOutAveragePool()));
  private static final Pass FOR_EVERY_RUNTIME = new Pass("say-in-any-tflite", Promise.REALS,
      "Fully connected operators become convolutions.", List.of(new WriteOutFullyConnected()));

  private TfliteForm() {}

  /**
   * The graph with h-sigmoid, swish, limits that no activation function has, and averages that leave out an uncommon
   * padding written out. What is not f32 stays as it is.
   */
  public static Graph rewrite(Graph graph) {
    return PASS.apply(graph);
  }

  /**
   * The same without fully connected operators: runtimes up to TFLite 2.14 read one of the scales that their channels
   * have in int8, and the reference kernels of some later ones round their sums in another way.
   */
  public static Graph rewriteForEveryRuntime(Graph graph) {
    return FOR_EVERY_RUNTIME.apply(rewrite(graph));
  }
}
