package io.bitwright.cli.option;

import io.bitwright.compiler.QuantizationRequest;
import io.bitwright.compiler.data.CalibrationFiles;
import io.bitwright.compiler.data.Preprocessing;
import io.bitwright.frontend.quantise.ActivationWidth;
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
public final class CalibrationOptions {
  @Option(names = "--calibrate", paramLabel = "DIR|FILE.npy",
      description = "Quantise a float network to int8 with the ranges that these inputs show: every picture, array and raw file"
          + " of a folder and its subfolders, or an array of many inputs. For a network of several inputs, a folder that holds"
          + " for each one a subfolder or a .npy file of its name; what stands at equal positions is one inference.")
  private Optional<Path> source = Optional.empty();

  @Option(names = "--range", paramLabel = "NAME", description = "How a tensor's range follows from what calibration shows: mse"
      + " (least squared error, the default), min_max, moving_average or percentile.")
  private Optional<String> range = Optional.empty();

  @Option(names = "--weight-scales", paramLabel = "NAME",
      description = "per_channel, one an output channel (the default), or per_tensor.")
  private Optional<String> weights = Optional.empty();

  @Option(names = "--activations", paramLabel = "NAME",
      description = "Codes of the tensors between operators: int8 (the default), or int16, which takes twice the memory and"
          + " keeps what 8 bits lose; weights are int8 with both.")
  private Optional<String> activations = Optional.empty();

  @Option(names = "--headroom", paramLabel = "TIMES",
      description = "Codes reach this many times as far as the range, 1 to " + QuantizationSettings.MOST_HEADROOM
          + ", for inputs that go further than those of calibration. Default: 1.25 for networks that answer for many"
          + " places (detectors), else 1; with int16 4.")
  private Optional<Double> headroom = Optional.empty();

  @Option(names = "--equalize", paramLabel = "NAME",
      description = "Between which convolutions the ranges of channels are evened out first: unlimited, those without an upper"
          + " limit such as ReLU6's between them (the default); all, where limits become ones a channel, which no TFLite file"
          + " can hold; none.")
  private Optional<String> equalise = Optional.empty();

  @Option(names = "--absorb-biases", description = "Move high biases into the next convolution first.")
  private boolean absorb;

  @Option(names = "--no-bias-correction", description = "Leave biases as they are.")
  private boolean uncorrected;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** What the user asks for; empty where no calibration is. */
  public Optional<QuantizationRequest> request(Preprocessing preprocessing) {
    if (source.isEmpty()) {
      List<String> stray = words();
      if (!stray.isEmpty()) {
        throw new ParameterException(spec.commandLine(), stray.get(0) + " goes with --calibrate");
      }
      return Optional.empty();
    }
    QuantizationSettings chosen = QuantizationSettings.DEFAULT
        .with(named("--range", range, CalibrationMethod.values(), CalibrationMethod.MSE))
        .with(named("--weight-scales", weights, WeightScales.values(), WeightScales.PER_CHANNEL))
        .with(named("--activations", activations, ActivationWidth.values(), ActivationWidth.INT8))
        .with(named("--equalize", equalise, Equalisation.values(), Equalisation.UNLIMITED))
        .absorbingBiases(absorb).correctingBiases(!uncorrected);
    QuantizationSettings settings = headroom.isPresent() ? chosen.withHeadroom(checked(headroom.get())) : chosen;
    Path files = source.get();
    return Optional.of(
        new QuantizationRequest(tensors -> CalibrationFiles.read(files, tensors, preprocessing), settings));
  }

  /** Those of a command that has to calibrate and writes a TFLite file. */
  public QuantizationRequest forTflite(Preprocessing preprocessing) {
    QuantizationRequest request = request(preprocessing).orElseThrow(() ->
        new ParameterException(spec.commandLine(), "Missing required option: '--calibrate=DIR|FILE.npy'"));
    if (request.settings().equalisation() == Equalisation.ALL) {
      throw new ParameterException(spec.commandLine(), "--equalize all: a TFLite file cannot hold a limit for each channel");
    }
    return request;
  }

  private double checked(double times) {
    if (!QuantizationSettings.isHeadroom(times)) {
      throw new ParameterException(spec.commandLine(), "--headroom must be 1 to " + QuantizationSettings.MOST_HEADROOM);
    }
    return times;
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
  public List<String> words() {
    List<String> words = new ArrayList<>();
    source.ifPresent(path -> words.addAll(List.of("--calibrate", path.toAbsolutePath().toString())));
    range.ifPresent(name -> words.addAll(List.of("--range", name)));
    weights.ifPresent(name -> words.addAll(List.of("--weight-scales", name)));
    activations.ifPresent(name -> words.addAll(List.of("--activations", name)));
    headroom.ifPresent(times -> words.addAll(List.of("--headroom", Double.toString(times))));
    equalise.ifPresent(name -> words.addAll(List.of("--equalize", name)));
    if (absorb) {
      words.add("--absorb-biases");
    }
    if (uncorrected) {
      words.add("--no-bias-correction");
    }
    return words;
  }
}
