package io.bitwright.compiler.data;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Inputs to calibrate with: a folder of pictures, arrays and raw files, or an array of many inputs. */
public final class CalibrationFiles {
  /** Sets of pictures often have a folder a class. */
  private static final int DEEPEST = 8;

  private CalibrationFiles() {}

  /** The files of a folder that {@link InputFile} takes, sorted; at least one. */
  public static List<Path> list(Path folder) {
    return list(folder, 1);
  }

  private static List<Path> list(Path folder, int depth) {
    try (var entries = Files.walk(folder, depth)) {
      List<Path> found = entries.filter(f -> Files.isRegularFile(f) && InputFile.isKnown(f)).sorted().toList();
      if (found.isEmpty()) {
        throw DiagnosticException.of(DiagnosticId.BAD_INPUT_DATA, SourceLocation.NONE, folder,
            "the folder holds no .npy, .bin, .png, .jpg or .bmp file");
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, folder,
          e.getClass().getSimpleName());
    }
  }

  /**
   * Reads a folder with its subfolders, a file an inference; or one file, where an array may hold many inputs along its
   * first dimension. For a network of several inputs, a folder that holds one of these for each ({@link InputFolders}).
   *
   * @return per inference the raw inputs
   * @throws DiagnosticException if a file cannot be read or does not hold what the network takes; all such files at once
   */
  public static List<List<byte[]>> read(Path source, List<ModelTensor> inputs, Preprocessing preprocessing) {
    if (inputs.size() == 1) {
      return one(source, inputs.get(0), preprocessing).stream().map(List::of).toList();
    }
    return new InputFolders(source, inputs).read((own, input) -> one(own, input, preprocessing));
  }

  private static List<byte[]> one(Path source, ModelTensor input, Preprocessing preprocessing) {
    if (!Files.isDirectory(source)) {
      return InputFile.extension(source).equals("npy") ? array(source, input, preprocessing)
          : List.of(InputFile.read(source, input, preprocessing));
    }
    List<byte[]> frames = new ArrayList<>();
    Diagnostics diagnostics = new Diagnostics();
    for (Path file : list(source, DEEPEST)) {
      try {
        frames.add(InputFile.read(file, input, preprocessing));
      } catch (DiagnosticException e) {
        diagnostics.addAll(e.diagnostics());
      }
    }
    diagnostics.throwIfErrors();
    return frames;
  }

  /** One input, or as many as the array's first dimension says, each of the network's shape but for its ones. */
  private static List<byte[]> array(Path source, ModelTensor input, Preprocessing preprocessing) {
    NpyArray all = InputFile.readArray(source);
    List<Integer> shape = all.shape();
    long wanted = input.ownType().shape().elements();
    long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    int count = shape.isEmpty() || elements == wanted ? 1 : shape.get(0);
    if (count <= 1) {
      return List.of(InputFile.read(source, input, preprocessing));
    }
    List<Integer> one = shape.subList(1, shape.size());
    int bytes = all.data().length / count;
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = Arrays.copyOfRange(all.data(), i * bytes, (i + 1) * bytes);
      frames.add(InputFile.convert(source, new NpyArray(all.type(), one, data), input, preprocessing));
    }
    return frames;
  }
}
