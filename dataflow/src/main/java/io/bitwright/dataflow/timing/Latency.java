package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.ScalarPipeline;
import io.bitwright.dataflow.Stage;
import io.bitwright.ir.scalar.Scalar;

/** Pipeline lengths of the stages. */
public final class Latency {
  private Latency() {}

  /** Cycles from the beat that completes a result to the result at the stage's end. */
  public static int of(Stage stage) {
    if (stage instanceof Stage.Dense dense) {
      return 4 + tree(dense.input().lanes()) + ScalarPipeline.of(dense.epilogue()).latencyCycles();
    } else if (stage instanceof Stage.Depthwise depthwise) {
      return 4 + tree(depthwise.input().tapLanes()) + ScalarPipeline.of(depthwise.epilogue()).latencyCycles();
    } else if (stage instanceof Stage.Pool pool) {
      return 3 + ScalarPipeline.of(pool.epilogue()).latencyCycles();
    } else if (stage instanceof Stage.GlobalPool pool) {
      return 3 + ScalarPipeline.of(pool.epilogue()).latencyCycles();
    } else if (stage instanceof Stage.Elementwise map) {
      return 1 + ScalarPipeline.of(map.body()).latencyCycles();
    }
    return 2;
  }

  private static int tree(int lanes) {
    int levels = 32 - Integer.numberOfLeadingZeros(lanes - 1);
    return (levels + 1) / 2;
  }

  static long beforeFirst(Stage.Softmax stage) {
    return 2L * stage.input().channels() + 5L * stage.kernel().reciprocal().values().size();
  }

  static long perCode(Stage.Softmax stage) {
    Scalar scale = stage.kernel().scale();
    return 5L * scale.values().size();
  }
}
