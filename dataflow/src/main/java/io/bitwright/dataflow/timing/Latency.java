package io.bitwright.dataflow.timing;

import io.bitwright.dataflow.ScalarPipeline;
import io.bitwright.dataflow.SoftmaxTiming;
import io.bitwright.dataflow.Stage;
import io.bitwright.ir.scalar.Scalar;

/**
 * Cycles that the RTL's stages take when nothing holds them up: from the cycle in which the last beat that a result depends on
 * is taken to the first cycle in which the result is offered. The RTL builds its pipelines of these numbers.
 */
public final class Latency {
  /** From the last word of the last pixel that a window needs to its first beat: counted, addressed, read. */
  public static final int LINE_BUFFER = 3;

  /** Beat and weights to the multiplier's inputs, or a beat to the comparators of a maximum. */
  public static final int OPERANDS = 1;

  /** The products. */
  public static final int PRODUCTS = 1;

  /** The sum into the accumulator. */
  public static final int ACCUMULATE = 1;

  /** Finished accumulators to the register from which they go to fewer requantisers. */
  public static final int HOLD = 1;

  /** An accumulator out of its memory. */
  public static final int ACCUMULATOR_READ = 1;

  /** A look-up table, an output register, the register of a repacking. */
  public static final int REGISTER = 1;

  private Latency() {}

  /** Registers in a tree that adds so many operands: one behind every second level. */
  public static int adderTree(int operands) {
    return (32 - Integer.numberOfLeadingZeros(operands - 1)) / 2;
  }

  /** From a pass's last beat to its first result. */
  public static int dense(Stage.Dense stage) {
    return OPERANDS + PRODUCTS + adderTree(stage.input().lanes()) + ACCUMULATE
        + results(stage.pe(), stage.requantisers(), stage.epilogue());
  }

  /** From a group's last beat to its first result. */
  public static int depthwise(Stage.Depthwise stage) {
    return OPERANDS + PRODUCTS + adderTree(stage.input().tapLanes()) + ACCUMULATE
        + results(stage.pe(), stage.requantisers(), stage.epilogue());
  }

  /** From a group's last beat to its first result. */
  public static int pool(Stage.Pool stage) {
    return OPERANDS + adderTree(stage.input().tapLanes()) + ACCUMULATE
        + results(stage.pe(), stage.requantisers(), stage.epilogue());
  }

  /** From a beat of the last pixel to its result. */
  public static int globalPool(Stage.GlobalPool stage) {
    return ACCUMULATOR_READ + ACCUMULATE + scalar(stage.epilogue());
  }

  public static int elementwise(Stage.Elementwise stage) {
    return Math.max(REGISTER, scalar(stage.body()));
  }

  private static int results(int pe, int requantisers, Scalar epilogue) {
    return (pe > requantisers ? HOLD : 0) + scalar(epilogue);
  }

  private static int scalar(Scalar body) {
    return ScalarPipeline.of(body).latencyCycles();
  }

  /** Of any stage; softmax: from a pixel's last code to its first result. */
  public static int of(Stage stage) {
    if (stage instanceof Stage.Dense dense) {
      return dense(dense);
    } else if (stage instanceof Stage.Depthwise depthwise) {
      return depthwise(depthwise);
    } else if (stage instanceof Stage.Pool pool) {
      return pool(pool);
    } else if (stage instanceof Stage.GlobalPool pool) {
      return globalPool(pool);
    } else if (stage instanceof Stage.Elementwise elementwise) {
      return elementwise(elementwise);
    } else if (stage instanceof Stage.Softmax softmax) {
      return SoftmaxTiming.of(softmax.kernel()).firstResult();
    }
    return stage instanceof Stage.LineBuffer ? LINE_BUFFER : REGISTER;
  }
}
