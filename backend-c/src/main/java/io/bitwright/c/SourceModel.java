package io.bitwright.c;

import java.util.List;

/**
 * The network's code. Template {@code SourceModel.ftl}.
 *
 * @param flips  tensors whose codes are converted before and after
 * @param kernels  the kernels' functions
 */
public record SourceModel(Network network, boolean usesMath, boolean usesString, boolean leadingZeros,
    boolean floatOfBits, boolean flips, List<String> kernels, List<Conversion> before, List<Traced> inputTraces,
    List<Step> steps, List<Conversion> after) {
  /** A tensor whose codes change sign convention in place. */
  public record Conversion(int offset, int bytes) {}

  /** A call of the trace hook for a source operator. */
  public record Traced(int operator, int offset, int bytes) {}

  /**
   * A group of the schedule.
   *
   * @param images  above 1: a loop over n
   * @param rows  above 1: a loop over y
   */
  public record Step(int images, int rows, List<String> calls, List<Traced> traces) {}
}
