package io.bitwright.dataflow;

import java.util.List;

/**
 * What a plan is expected to do in simulation.
 *
 * @param intervalCycles  from one frame's last output to the next frame's, all inputs at hand
 * @param latencyCycles  from the first input beat taken to the frame's last output beat, from an empty accelerator
 * @param busyCycles  by stage: cycles a frame in which it works
 * @param highWater  by channel: most beats that wait in it
 */
public record Prediction(long intervalCycles, long latencyCycles, List<Long> busyCycles, List<Integer> highWater) {
  public Prediction {
    busyCycles = List.copyOf(busyCycles);
    highWater = List.copyOf(highWater);
  }
}
