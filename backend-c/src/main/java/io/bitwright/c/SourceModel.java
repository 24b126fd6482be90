package io.bitwright.c;

import io.bitwright.c.kernel.Gathering;
import java.util.List;

/**
 * The network's code. Template {@code SourceModel.ftl}.
 *
 * @param flips  tensors whose codes are converted before and after
 * @param gatherings  of traced tensors with gaps
 * @param kernels  the kernels' functions
 */
public record SourceModel(Network network, boolean usesMath, boolean usesString, boolean leadingZeros,
    boolean floatOfBits, boolean bitsOfFloat, boolean flips, List<Gathering> gatherings,
    List<String> kernels, List<Conversion> before, List<TraceModel> inputTraces,
    List<Step> steps, List<Conversion> after) {
  /** A tensor whose codes change sign convention in place. */
  public record Conversion(int offset, int bytes) {}

  /**
   * A group of the schedule.
   *
   * @param images  above 1: a loop over n
   * @param rows  above 1: a loop over y
   */
  public record Step(int images, int rows, String call, List<TraceModel> traces) {}

  public boolean gathers() {
    return !gatherings.isEmpty();
  }

  /** Whether an inference computes nothing: a network of reshapes only. */
  public boolean idle() {
    return steps.isEmpty() && !flips;
  }

  /** Bytes of the largest tensor gathered. */
  public int gatherBytes() {
    return gatherings.stream().mapToInt(Gathering::sizeBytes).max().orElse(0);
  }
}
