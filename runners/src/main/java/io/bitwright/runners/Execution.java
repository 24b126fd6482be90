package io.bitwright.runners;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What came of a run.
 *
 * @param outputs  per frame the raw outputs as the model types them
 * @param layers  of the first frame: by source operator its raw output as the model types it; empty unless asked for
 * @param nanosPerFrame  wall time of the inferences alone, divided by their number
 * @param hardware  of a hardware design: what was measured
 * @param taps  of a hardware design: as {@code layers}, of the first frames or all of them; empty unless asked for
 */
public record Execution(List<List<byte[]>> outputs, SortedMap<Integer, byte[]> layers, long nanosPerFrame,
    Optional<HardwareFigures> hardware, List<SortedMap<Integer, byte[]>> taps) {
  /** A run of software. */
  public Execution(List<List<byte[]>> outputs, SortedMap<Integer, byte[]> layers, long nanosPerFrame) {
    this(outputs, layers, nanosPerFrame, Optional.empty(), List.of());
  }
}
