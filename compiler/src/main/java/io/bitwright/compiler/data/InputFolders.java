package io.bitwright.compiler.data;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Inferences of a network with several inputs: a folder that holds for each input a subfolder, or an array of many, of its
 * name. What stands at equal positions belongs to one inference.
 */
final class InputFolders {
  private final Path source;
  private final List<ModelTensor> inputs;

  InputFolders(Path source, List<ModelTensor> inputs) {
    this.source = source;
    this.inputs = inputs;
  }

  /**
   * Reads all inferences.
   *
   * @param reader  all that a subfolder or array holds of one input
   * @return per inference the raw inputs, in the network's order
   * @throws DiagnosticException with every input that has no files or bad ones, or if their numbers differ
   */
  List<List<byte[]>> read(BiFunction<Path, ModelTensor, List<byte[]>> reader) {
    if (!Files.isDirectory(source)) {
      throw bad("it is no folder with a subfolder or .npy file for each of the inputs " + names());
    }
    List<Path> entries = entries();
    List<List<byte[]>> columns = new ArrayList<>();
    Diagnostics diagnostics = new Diagnostics();
    for (ModelTensor input : inputs) {
      try {
        Path own = find(entries, input.name()).orElseThrow(() -> bad("it has no subfolder or .npy file named after input '"
            + Printable.of(input.name()) + "' (the network's inputs are " + names() + ")"));
        columns.add(reader.apply(own, input));
      } catch (DiagnosticException e) {
        diagnostics.addAll(e.diagnostics());
      }
    }
    diagnostics.throwIfErrors();
    int count = columns.get(0).size();
    if (columns.stream().anyMatch(c -> c.size() != count)) {
      throw bad("its inputs have different numbers of inferences: " + IntStream.range(0, inputs.size()).mapToObj(
          i -> "'" + Printable.of(inputs.get(i).name()) + "' " + columns.get(i).size()).collect(Collectors.joining(", ")));
    }
    return IntStream.range(0, count).mapToObj(i -> columns.stream().map(c -> c.get(i)).toList()).toList();
  }

  private DiagnosticException bad(String what) {
    return DiagnosticException.of(DiagnosticId.BAD_INPUT_DATA, SourceLocation.NONE, source, what);
  }

  private String names() {
    return inputs.stream().map(i -> "'" + Printable.of(i.name()) + "'").collect(Collectors.joining(", "));
  }

  /** What the folder holds; names of inputs are never resolved against it, as they may hold anything. */
  private List<Path> entries() {
    try (var found = Files.list(source)) {
      return found.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, source, e.getClass().getSimpleName());
    }
  }

  /** The entry of an input's name, or of that name with _ for what files are not named with. */
  private static Optional<Path> find(List<Path> entries, String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    for (String wanted : List.of(name, plain)) {
      Optional<Path> found = entries.stream().filter(e -> e.getFileName().toString().equals(wanted) && Files.isDirectory(e)
          || e.getFileName().toString().equals(wanted + ".npy")).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
