package io.bitwright.frontend.tflite.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.lite.Interpreter;

/**
 * Runs a folder of {@link Exchange} on TensorFlow Lite's native library from Maven Central, with its default kernels. A
 * process of its own, so that what the library writes to standard error can be read.
 */
public final class TfliteProcess {
  private static final String LIBRARY = "/native/lib/libtensorflowlite_jni.so";

  private TfliteProcess() {}

  /** Whether there is a library for this machine. */
  static boolean isPossible() {
    return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
  }

  /** The only argument is the folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path library = folder.resolve("tflite.so");
    try (InputStream in = TfliteProcess.class.getResourceAsStream(LIBRARY)) {
      Files.copy(in, library);
    }
    System.load(library.toAbsolutePath().toString());
    for (String line : Files.readAllLines(folder.resolve("manifest.txt"))) {
      String[] words = line.split(" ");
      try {
        run(folder, words[0], Integer.parseInt(words[1]));
      } catch (IllegalArgumentException | IllegalStateException e) {
        System.err.println(words[0] + ": " + e.getMessage());
      }
    }
  }

  private static void run(Path folder, String name, int frames) throws IOException {
    ByteBuffer file = direct(Files.readAllBytes(folder.resolve(name + ".tflite")));
    try (Interpreter interpreter = new Interpreter(file, new Interpreter.Options().setNumThreads(1))) {
      for (int f = 0; f < frames; f++) {
        Object[] inputs = new Object[interpreter.getInputTensorCount()];
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = direct(Files.readAllBytes(folder.resolve(name + "." + f + ".in." + i)));
        }
        Map<Integer, Object> outputs = new HashMap<>();
        for (int i = 0; i < interpreter.getOutputTensorCount(); i++) {
          outputs.put(i, direct(new byte[interpreter.getOutputTensor(i).numBytes()]));
        }
        interpreter.runForMultipleInputsOutputs(inputs, outputs);
        for (int i = 0; i < outputs.size(); i++) {
          ByteBuffer result = (ByteBuffer) outputs.get(i);
          byte[] raw = new byte[result.capacity()];
          result.rewind().get(raw);
          Files.write(folder.resolve(name + "." + f + ".out." + i), raw);
        }
      }
    }
  }

  private static ByteBuffer direct(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
    return buffer.put(bytes).rewind();
  }
}
