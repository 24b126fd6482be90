package io.bitwright.cli;

import io.bitwright.compiler.QuantizationRequest;
import io.bitwright.compiler.data.CalibrationFiles;
import io.bitwright.compiler.data.Preprocessing;
import io.bitwright.frontend.quantise.Equalisation;
import io.bitwright.frontend.quantise.QuantizationSettings;
import io.bitwright.frontend.quantise.WeightScales;
import io.bitwright.frontend.quantise.range.CalibrationMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a float network is calibrated and quantised. */
final class CalibrationOptions {
  @Option(names = "--calibrate", paramLabel = "DIR|FILE.npy",
      description = "Quantise a float network to int8 with the ranges that these inputs show: every picture, array and raw file"
          + " of a folder and its subfolders, or an array of many inputs.")
  private Optional<Path> source = Optional.empty();

  @Option(names = "--range", paramLabel = "NAME", description = "How a tensor's range follows from what calibration shows: mse"
      + " (least squared error, the default), min_max, moving_average or percentile.")
  private Optional<String> range = Optional.empty();

  @Option(names = "--weight-scales", paramLabel = "NAME",
      description = "per_channel: one an output channel; convolutions_per_channel: one for all of a fully connected"
          + " operator, as older TFLite runtimes need; per_tensor.")
  private Optional<String> weights = Optional.empty();

  @Option(names = "--equalize", description = "Even out the ranges of channels between convolutions first.")
  private boolean equalise;

  @Option(names = "--absorb-biases", description = "Move high biases into the next convolution first.")
  private boolean absorb;

  @Option(names = "--no-bias-correction", description = "Leave biases as they are.")
  private boolean uncorrected;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * What the user asks for; empty where no calibration is.
   *
   * @param scales  how many scales weights have unless the user says
   * @param widest  where channels may be equalised
   */
  Optional<QuantizationRequest> request(Preprocessing preprocessing, WeightScales scales, Equalisation widest) {
    if (source.isEmpty()) {
      List<String> stray = words();
      if (!stray.isEmpty()) {
        throw new ParameterException(spec.commandLine(), stray.get(0) + " goes with --calibrate");
      }
      return Optional.empty();
    }
    QuantizationSettings settings = QuantizationSettings.DEFAULT
        .with(named("--range", range, CalibrationMethod.values(), CalibrationMethod.MSE))
        .with(named("--weight-scales", weights, WeightScales.values(), scales))
        .with(equalise ? widest : Equalisation.NONE).absorbingBiases(absorb).correctingBiases(!uncorrected);
    Path files = source.get();
    return Optional.of(
        new QuantizationRequest(tensors -> CalibrationFiles.read(files, tensors, preprocessing), settings));
  }

  /** Those of a command that has to calibrate. */
  QuantizationRequest required(Preprocessing preprocessing, WeightScales scales, Equalisation widest) {
    return request(preprocessing, scales, widest).orElseThrow(() ->
        new ParameterException(spec.commandLine(), "Missing required option: '--calibrate=DIR|FILE.npy'"));
  }

  private <E extends Enum<E>> E named(String option, Optional<String> text, E[] values, E otherwise) {
    return text.map(t -> Arrays.stream(values).filter(v -> text(v).equals(t)).findFirst().orElseThrow(() ->
        new ParameterException(spec.commandLine(), option + " must be one of "
            + Arrays.stream(values).map(CalibrationOptions::text).collect(Collectors.joining(", "))))).orElse(otherwise);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** As arguments of a command line in another folder. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    source.ifPresent(path -> words.addAll(List.of("--calibrate", path.toAbsolutePath().toString())));
    range.ifPresent(name -> words.addAll(List.of("--range", name)));
    weights.ifPresent(name -> words.addAll(List.of("--weight-scales", name)));
    if (equalise) {
      words.add("--equalize");
    }
    if (absorb) {
      words.add("--absorb-biases");
    }
    if (uncorrected) {
      words.add("--no-bias-correction");
    }
    return words;
  }
}
