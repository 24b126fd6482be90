package io.bitwright.cli;

import io.bitwright.cli.option.FrameOptions;
import io.bitwright.compiler.data.InputFile;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.compiler.data.OutputFile;
import io.bitwright.compiler.data.Preprocessing;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a user's own outputs: one file for the only frame, or a folder with a file named like each frame's input. */
final class GivenOutputs {
  private GivenOutputs() {}

  static List<List<byte[]>> read(Path path, List<FrameOptions.Frame> frames, List<ModelTensor> tensors) {
    boolean folder = Files.isDirectory(path);
    if (!folder && frames.size() != 1) {
      throw bad(path, "one file of outputs for " + frames.size() + " frames; give a folder");
    }
    List<List<byte[]>> outputs = new ArrayList<>();
    for (FrameOptions.Frame frame : frames) {
      outputs.add(outputs(folder ? inFolder(path, frame, tensors.size()) : path, tensors));
    }
    return outputs;
  }

  private static Path inFolder(Path folder, FrameOptions.Frame frame, int outputs) {
    for (String extension : List.of(".npy", ".bin")) {
      Path file = folder.resolve(frame.stem() + extension);
      if (Files.exists(OutputFile.names(file, outputs).get(0))) {
        return file;
      }
    }
    throw bad(folder, "it holds no " + frame.stem() + ".npy or .bin");
  }

  private static List<byte[]> outputs(Path file, List<ModelTensor> tensors) {
    List<Path> files = OutputFile.names(file, tensors.size());
    List<byte[]> outputs = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      outputs.add(InputFile.read(files.get(i), tensors.get(i), Preprocessing.PLAIN));
    }
    return outputs;
  }

  private static DiagnosticException bad(Path path, String what) {
    return DiagnosticException.of(DiagnosticId.BAD_INPUT_DATA, SourceLocation.NONE, path, what);
  }
}
