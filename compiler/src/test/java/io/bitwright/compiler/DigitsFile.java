package io.bitwright.compiler;

import java.nio.file.Path;

/** The example's int8 network, which every checkout has. */
final class DigitsFile {
  static final Path MODEL = Path.of("../examples/digits/digits_int8.tflite");

  private DigitsFile() {}
}
