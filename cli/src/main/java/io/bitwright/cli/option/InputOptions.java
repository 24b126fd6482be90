package io.bitwright.cli.option;

import io.bitwright.compiler.data.InputFile;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.compiler.data.Preprocessing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How pictures become inputs. */
public final class InputOptions {
  @Option(names = "--mean", paramLabel = "M[,M,M]",
      description = "Take (p - M) / S of a picture's samples p instead of p, p - 128 or p / 255.")
  private Optional<String> mean = Optional.empty();

  @Option(names = "--std", paramLabel = "S[,S,S]", description = "See --mean.")
  private Optional<String> deviation = Optional.empty();

  @Option(names = "--bgr", description = "The network takes blue first.")
  private boolean bgr;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  public Preprocessing preprocessing() {
    try {
      return new Preprocessing(numbers(mean), numbers(deviation), bgr);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--mean and --std take one number, or one a channel; --std not 0");
    }
  }

  /** As arguments of a command line. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    mean.ifPresent(m -> words.addAll(List.of("--mean", m)));
    deviation.ifPresent(s -> words.addAll(List.of("--std", s)));
    if (bgr) {
      words.add("--bgr");
    }
    return words;
  }

  private static List<Double> numbers(Optional<String> text) {
    return text.stream().flatMap(t -> Arrays.stream(t.split(",", -1))).map(Double::valueOf).toList();
  }

  /** One frame: a file an input, in the network's order. */
  public List<byte[]> frame(List<Path> files, List<ModelTensor> tensors) {
    if (files.size() != tensors.size()) {
      throw new ParameterException(spec.commandLine(),
          "the network has " + tensors.size() + " inputs, --input names " + files.size());
    }
    List<byte[]> frame = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      frame.add(InputFile.read(files.get(i), tensors.get(i), preprocessing()));
    }
    return frame;
  }
}
