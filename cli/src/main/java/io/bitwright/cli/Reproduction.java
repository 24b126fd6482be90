package io.bitwright.cli;

import io.bitwright.cli.option.ModelOptions;
import io.bitwright.compiler.Mismatch;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.data.OutputFile;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A folder from which one command shows a mismatch again: the model, the inputs, both outputs and a script.
 *
 * @param options  further words of the command line
 */
record Reproduction(Network network, String target, Mismatch mismatch, List<String> options) {
  /**
   * Writes the folder and returns it.
   *
   * @param frames  inputs of the frame that differs, and for hardware, which may remember, of all before it
   */
  Path write(Path parent, ModelOptions model, List<List<byte[]>> frames, List<byte[]> expected, List<byte[]> actual) {
    Path folder = parent.resolve(network.identifier() + "-" + target.replaceAll("[^a-z0-9]+", "-"));
    boolean given = target.contains(" ");
    StringBuilder command = new StringBuilder("verify ").append(model(folder, model));
    if (frames.size() == 1) {
      for (int i = 0; i < frames.get(0).size(); i++) {
        OutputFile.replace(folder.resolve("input" + i + ".bin"), own(frames.get(0), i));
        command.append(" --input input").append(i).append(".bin");
      }
    } else {
      for (int f = 0; f < frames.size(); f++) {
        OutputFile.replace(folder.resolve(String.format(Locale.ROOT, "inputs/%06d.bin", f)), own(frames.get(f), 0));
      }
      command.append(" --inputs inputs");
    }
    Path outputs = folder.resolve("expected.bin");
    OutputFile.write(outputs, network.outputs(), expected);
    OutputFile.write(folder.resolve("actual.bin"), network.outputs(), actual);
    command.append(given ? " --against actual.bin" : " --targets " + target);
    options.forEach(word -> command.append(' ').append(quoted(word)));
    OutputFile.replace(folder.resolve("mismatch.txt"), text().getBytes(StandardCharsets.UTF_8));
    OutputFile.replace(folder.resolve("reproduce.sh"), script(command.toString()).getBytes(StandardCharsets.UTF_8));
    return folder;
  }

  /** An input in the file's own order. */
  private byte[] own(List<byte[]> frame, int input) {
    return network.inputs().get(input).toOwn(frame.get(input));
  }

  /** The model for the script's command line: a copy of a TFLite file, else the model where it is, with its settings. */
  private static String model(Path folder, ModelOptions model) {
    if (ModelLoader.isDescription(model.model()) || ModelLoader.isOnnx(model.model())) {
      return model.description().stream().map(Reproduction::quoted).collect(Collectors.joining(" "));
    }
    try {
      OutputFile.replace(folder.resolve("model.tflite"), Files.readAllBytes(model.model()));
    } catch (IOException e) {
      throw DiagnosticException.of(
          DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, model.model(), e.getClass().getSimpleName());
    }
    return "model.tflite" + (model.quantizes() ? " --quantize" : "");
  }

  private static String quoted(String word) {
    return word.matches("[\\w./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private String text() {
    return mismatch.output() + "\n" + mismatch.layer().map(l -> l + "\n").orElse("") + mismatch.arithmetic() + "\n";
  }

  private static String script(String command) {
    String launcher = Path.of(System.getProperty("bitwright.root", ".")).resolve("bitwright").toAbsolutePath().toString();
    return "#!/bin/sh\n# Shows the mismatch again. BITWRIGHT names another launcher.\ncd \"$(dirname \"$0\")\" || exit 1\n"
        + "exec \"${BITWRIGHT:-" + launcher.replaceAll("([\"$`\\\\])", "\\\\$1") + "}\" " + command + "\n";
  }
}
