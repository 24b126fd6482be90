package io.bitwright.cli.accelerator;

import io.bitwright.runners.SimulationOptions;
import io.bitwright.runners.SimulationOptions.Format;
import io.bitwright.runners.SimulationOptions.Waveform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How an accelerator is simulated. */
public final class SimulationChoices {
  @Option(names = "--frames", paramLabel = "N",
      description = "Run N frames back to back, the given inputs again and again.")
  private Optional<Integer> frames = Optional.empty();

  @Option(names = "--stalls", paramLabel = "SEED", description = "hls, rtl: pause the design's ends, or order its stages, at random.")
  private Optional<Long> stalls = Optional.empty();

  @Option(names = "--taps", description = "hls, rtl: record what leaves every stage; rtl: how full channels get.")
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
  public OptionalInt frames() {
    return frames.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  public SimulationOptions options() {
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
  public void require(Collection<String> used) {
    if (frames.orElse(1) < 1 || resetAt.orElse(1L) < 1) {
      throw usage("--frames and --reset-at must be at least 1");
    }
    if ((stalls.isPresent() || taps) && used.stream().noneMatch(HardwareChoices.NAMES::contains)) {
      throw usage("--stalls and --taps apply to hls and rtl only");
    }
    if ((resetAt.isPresent() || waveforms != null) && !used.contains("rtl")) {
      throw usage("--reset-at, --vcd and --fst apply to rtl only");
    }
  }

  /** The choices that a reproduction needs, as words of a command line. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    stalls.ifPresent(seed -> words.addAll(List.of("--stalls", seed.toString())));
    resetAt.ifPresent(cycle -> words.addAll(List.of("--reset-at", cycle.toString())));
    if (taps) {
      words.add("--taps");
    }
    return words;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
