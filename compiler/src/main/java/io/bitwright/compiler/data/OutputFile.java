package io.bitwright.compiler.data;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes a network's outputs to .npy or .bin files; with several outputs {@code NAME.0.npy}, {@code NAME.1.npy}, ... */
public final class OutputFile {
  private OutputFile() {}

  /**
   * The files that {@link #write} makes, in the order of the outputs.
   *
   * @throws DiagnosticException if the name ends in neither .npy nor .bin
   */
  public static List<Path> names(Path file, int outputs) {
    String extension = InputFile.extension(file);
    if (!extension.equals("npy") && !extension.equals("bin")) {
      throw DiagnosticException.of(DiagnosticId.UNKNOWN_FORMAT, SourceLocation.NONE, file, ".npy, .bin");
    }
    if (outputs == 1) {
      return List.of(file);
    }
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    List<Path> names = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      names.add(file.resolveSibling(name.substring(0, dot) + "." + i + name.substring(dot)));
    }
    return names;
  }

  /** Writes raw outputs of the compiled network in the model's own order, each file whole or not at all. */
  public static void write(Path file, List<ModelTensor> tensors, List<byte[]> outputs) {
    List<Path> names = names(file, outputs.size());
    for (int i = 0; i < names.size(); i++) {
      TensorType type = tensors.get(i).ownType();
      byte[] raw = tensors.get(i).toOwn(outputs.get(i));
      boolean array = InputFile.extension(file).equals("npy");
      replace(names.get(i),
          array ? Npy.write(new NpyArray(NpyType.of(type.element()), type.shape().dims(), raw)) : raw);
    }
  }

  /**
   * Writes a file by way of a temporary one beside it.
   *
   * @throws DiagnosticException if that fails
   */
  public static void replace(Path file, byte[] contents) {
    Path absolute = file.toAbsolutePath();
    Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.createDirectories(absolute.getParent());
      temporary.toFile().deleteOnExit();
      try {
        Files.write(temporary, contents);
        Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw DiagnosticException.of(DiagnosticId.OUTPUT_NOT_WRITTEN, SourceLocation.NONE, file,
          e.getClass().getSimpleName());
    }
  }
}
