package io.bitwright.runners;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a run of a hardware design measured.
 *
 * @param intervalCycles  from one frame's last output to the next frame's; absent where one frame ran alone
 * @param latencyCycles  from the first frame's first input to its last output
 * @param predictedIntervalCycles  what the plan promised
 * @param predictedLatencyCycles  likewise
 * @param lanes  MAC multipliers, however built
 * @param macs  multiply-accumulates a frame
 * @param channels  empty unless asked for
 */
public record HardwareFigures(OptionalLong intervalCycles, OptionalLong latencyCycles,
    OptionalLong predictedIntervalCycles, OptionalLong predictedLatencyCycles, int lanes, long macs, List<ChannelMark> channels) {
  public HardwareFigures {
    channels = List.copyOf(channels);
  }

  /**
   * How a channel was used, over all frames.
   *
   * @param depth  beats that it holds
   * @param highWater  most beats that were in it
   * @param blockedCycles  cycles in which a beat waited in front of it
   * @param beats  beats that went through it
   */
  public record ChannelMark(String name, int depth, int highWater, long blockedCycles, long beats) {}

  /** Share of the multipliers' cycles that compute something: MACs / (lanes x interval). */
  public OptionalDouble utilisation() {
    return intervalCycles.isPresent() && lanes > 0
        ? OptionalDouble.of((double) macs / ((double) lanes * intervalCycles.getAsLong())) : OptionalDouble.empty();
  }
}
