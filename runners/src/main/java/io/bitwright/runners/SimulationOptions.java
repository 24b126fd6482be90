package io.bitwright.runners;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How executors of hardware run a design; others ignore it.
 *
 * @param stallSeed  random pauses at both ends of the design, by seed; none where absent
 * @param taps  whether to record what leaves every stage, in every frame, and how full the channels get
 * @param waveform  where to record all signals
 * @param resetAtCycle  a reset in this cycle, after which all frames come again from the first
 */
public record SimulationOptions(OptionalLong stallSeed, boolean taps, Optional<Waveform> waveform,
    OptionalLong resetAtCycle) {
  /** No choice made. */
  public static final SimulationOptions DEFAULT =
      new SimulationOptions(OptionalLong.empty(), false, Optional.empty(), OptionalLong.empty());

  /**
   * A file of all signals over time, with a save file for GTKWave beside it.
   */
  public record Waveform(Path file, Format format) {}

  /** File formats of waveforms. */
  public enum Format {
    /** Value change dump, IEEE 1364: text. */
    VCD,
    /** GTKWave's own: much smaller. */
    FST
  }

  /** Whether the design must show its channels. */
  public boolean needsProbes() {
    return taps || waveform.isPresent();
  }
}
