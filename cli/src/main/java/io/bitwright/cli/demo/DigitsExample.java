package io.bitwright.cli.demo;

import io.bitwright.compiler.data.InputFile;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The shipped example: a model, test pictures of 8 by 8 samples, their digits, and the output bytes of TFLite's
 * reference kernels. The model's input code of sample p is p - 128.
 */
record DigitsExample(Path model, byte[] pictures, byte[] labels, byte[] expected) {
  private static final int SIDE = 8;
  private static final int CLASSES = 10;
  private static final String SHADES = " .:-=+*#%@";

  DigitsExample {
    if (pictures.length != labels.length * SIDE * SIDE || expected.length != labels.length * CLASSES) {
      throw DiagnosticException.of(DiagnosticId.BAD_INPUT_DATA, SourceLocation.NONE, model.getParent(),
          "the example's files do not fit together");
    }
  }

  static DigitsExample load() {
    Path folder = Path.of(System.getProperty("bitwright.root", ".")).resolve("examples/digits");
    if (!Files.isDirectory(folder)) {
      throw DiagnosticException.of(DiagnosticId.FILE_NOT_READ, SourceLocation.NONE, folder,
          "run it from the repository's folder");
    }
    return new DigitsExample(folder.resolve("digits_int8.tflite"), read(folder, "test_images.npy"),
        read(folder, "test_labels.npy"), read(folder, "test_outputs_int8.npy"));
  }

  private static byte[] read(Path folder, String name) {
    return InputFile.readArray(folder.resolve(name)).data();
  }

  int frames() {
    return labels.length;
  }

  /** Every picture as the model's input. */
  List<List<byte[]>> inputs() {
    List<List<byte[]>> frames = new ArrayList<>();
    for (int f = 0; f < frames(); f++) {
      byte[] input = Arrays.copyOfRange(pictures, f * SIDE * SIDE, (f + 1) * SIDE * SIDE);
      for (int i = 0; i < input.length; i++) {
        input[i] -= (byte) 128;
      }
      frames.add(List.of(input));
    }
    return frames;
  }

  /** How many outputs have the right digit's element largest. */
  int right(List<List<byte[]>> outputs) {
    int right = 0;
    for (int f = 0; f < frames(); f++) {
      right += largest(outputs.get(f).get(0), 0) == labels[f] ? 1 : 0;
    }
    return right;
  }

  int rightByTflite() {
    int right = 0;
    for (int f = 0; f < frames(); f++) {
      right += largest(expected, f * CLASSES) == labels[f] ? 1 : 0;
    }
    return right;
  }

  /** How many outputs have exactly TFLite's bytes. */
  int equal(List<List<byte[]>> outputs) {
    int equal = 0;
    for (int f = 0; f < frames(); f++) {
      byte[] output = outputs.get(f).get(0);
      equal += Arrays.equals(output, 0, output.length, expected, f * CLASSES, (f + 1) * CLASSES) ? 1 : 0;
    }
    return equal;
  }

  private static int largest(byte[] codes, int from) {
    int best = 0;
    for (int i = 1; i < CLASSES; i++) {
      best = codes[from + i] > codes[from + best] ? i : best;
    }
    return best;
  }

  /** Pictures side by side in characters, their digits below. */
  List<String> art(int... frames) {
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < SIDE; y++) {
      StringBuilder line = new StringBuilder();
      for (int frame : frames) {
        line.append("    ");
        for (int x = 0; x < SIDE; x++) {
          int sample = pictures[(frame * SIDE + y) * SIDE + x] & 0xff;
          line.append(String.valueOf(SHADES.charAt(sample * (SHADES.length() - 1) / 255)).repeat(2));
        }
      }
      lines.add(line.toString().stripTrailing());
    }
    StringBuilder digits = new StringBuilder();
    for (int frame : frames) {
      digits.append(String.format(java.util.Locale.ROOT, "%" + (SIDE + 5) + "s%" + (SIDE - 1) + "s",
          "a " + labels[frame], ""));
    }
    lines.add(digits.toString().stripTrailing());
    return lines;
  }
}
