package io.bitwright.cli.option;

import io.bitwright.compiler.SeededInputs;
import io.bitwright.compiler.data.CalibrationFiles;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.compiler.data.Preprocessing;
import io.bitwright.ir.type.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The inferences that a check runs: given ones, then random ones. */
public final class FrameOptions {
  private static final int DEFAULT_RANDOM = 8;

  @Mixin
  private InputOptions inputs;

  @Option(names = "--random", paramLabel = "N",
      description = "Run N frames of seeded random values. Default: 8 where no inputs are given, else none.")
  private Optional<Integer> random = Optional.empty();

  @Option(names = "--inputs", paramLabel = "DIR",
      description = "Run every array, raw file and picture of a folder. For a network of several inputs, a folder as --calibrate"
          + " takes it; its inferences are named 0, 1, 2, ...")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--input", paramLabel = "FILE", description = "Run this; repeatable, one an input of the network.")
  private List<Path> files = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** One inference's inputs and the name of the file they come from. */
  public record Frame(String name, List<byte[]> inputs) {
    /** Without folder and extension. */
    public String stem() {
      return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }
  }

  public Preprocessing preprocessing() {
    return inputs.preprocessing();
  }

  /** How pictures are read, as arguments of a command line. */
  public List<String> preprocessingWords() {
    return inputs.words();
  }

  public List<Frame> frames(List<ModelTensor> tensors, long seed) {
    List<Frame> frames = new ArrayList<>();
    List<TensorType> types = tensors.stream().map(ModelTensor::type).toList();
    if (!files.isEmpty()) {
      frames.add(new Frame(files.get(0).getFileName().toString(), inputs.frame(files, tensors)));
    }
    folder.ifPresent(f -> frames.addAll(tensors.size() > 1 ? numbered(f, tensors) : named(f, tensors)));
    int made = random.orElse(frames.isEmpty() ? DEFAULT_RANDOM : 0);
    for (int i = 0; i < made; i++) {
      frames.add(new Frame("random " + (seed + i), SeededInputs.frame(types, seed + i)));
    }
    if (frames.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "there is nothing to run: --random must be at least 1");
    }
    return frames;
  }

  private List<Frame> named(Path folder, List<ModelTensor> tensors) {
    return CalibrationFiles.list(folder).stream()
        .map(file -> new Frame(file.getFileName().toString(), inputs.frame(List.of(file), tensors))).toList();
  }

  private List<Frame> numbered(Path folder, List<ModelTensor> tensors) {
    List<List<byte[]>> read = CalibrationFiles.read(folder, tensors, preprocessing());
    return IntStream.range(0, read.size()).mapToObj(i -> new Frame(String.valueOf(i), read.get(i))).toList();
  }
}
