package io.bitwright.cli;

import io.bitwright.runners.SimulationOptions;
import io.bitwright.runners.SimulationOptions.Format;
import io.bitwright.runners.SimulationOptions.Waveform;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How an accelerator is simulated. */
final class SimulationChoices {
  @Option(names = "--frames", paramLabel = "N",
      description = "Run N frames back to back, the given inputs again and again.")
  private Optional<Integer> frames = Optional.empty();

  @Option(names = "--stalls", paramLabel = "SEED", description = "rtl: pause both ends of the design at random.")
  private Optional<Long> stalls = Optional.empty();

  @Option(names = "--taps", description = "rtl: record what leaves every stage, and how full the channels get.")
  private boolean taps;

  @Option(names = "--reset-at", paramLabel = "CYCLE",
      description = "rtl: reset the design in this cycle, then begin again with the first frame.")
  private Optional<Long> resetAt = Optional.empty();

  @ArgGroup
  private Waveforms waveforms;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Where signals are recorded; one of the two. */
  static final class Waveforms {
    @Option(names = "--vcd", paramLabel = "FILE", description = "rtl: record all signals, with a GTKWave save file.")
    private Optional<Path> vcd = Optional.empty();

    @Option(names = "--fst", paramLabel = "FILE", description = "rtl: likewise, in GTKWave's smaller format.")
    private Optional<Path> fst = Optional.empty();
  }

  /** How many frames the user asked for. */
  OptionalInt frames() {
    return frames.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  boolean taps() {
    return taps;
  }

  SimulationOptions options() {
    return new SimulationOptions(present(stalls), taps, waveform(), present(resetAt));
  }

  private static OptionalLong present(Optional<Long> number) {
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private Optional<Waveform> waveform() {
    return waveforms == null ? Optional.empty() : waveforms.vcd.map(file -> new Waveform(file, Format.VCD))
        .or(() -> waveforms.fst.map(file -> new Waveform(file, Format.FST)));
  }

  /** Refuses values that make no sense, and choices that none of these executors heeds. */
  void require(Collection<String> used) {
    if (frames.orElse(1) < 1 || resetAt.orElse(1L) < 1) {
      throw usage("--frames and --reset-at must be at least 1");
    }
    boolean simulates = stalls.isPresent() || taps || resetAt.isPresent() || waveforms != null;
    if (simulates && !used.contains("rtl")) {
      throw usage("--stalls, --taps, --reset-at, --vcd and --fst apply to rtl only");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
