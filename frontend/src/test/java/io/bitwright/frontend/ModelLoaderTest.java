package io.bitwright.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {
  private static String refusal(Path path) {
    return assertThrows(DiagnosticException.class, () -> ModelLoader.load(path)).getMessage();
  }

  @Test
  void extensionsNameTheImporter() {
    assertEquals("error: cannot read net.onnx: no such file [BW0101]", refusal(Path.of("net.onnx")));
    assertEquals("error: cannot read net.bw: no such file [BW0101]", refusal(Path.of("net.bw")));
    assertTrue(refusal(Path.of("zoo:mobilnet_v2")).startsWith(
        "error: unknown network of the zoo 'mobilnet_v2' (known: mobilenet_v2, mobilenet_v1, "));
    assertEquals("mobilenet_v2", ModelLoader.load(Path.of("zoo:mobilenet_v2"),
        new ModelSettings(Map.of("resolution", "32"), 1)).name());
    assertEquals("error: net: unknown file type (must be one of .tflite, .onnx, .bw, zoo:NAME) [BW0504]", refusal(Path.of("net")));
  }

  @Test
  void filesThatCannotBeReadAreNamed(@TempDir Path folder) throws IOException {
    assertEquals("error: cannot read no-such.TFLITE: no such file [BW0101]", refusal(Path.of("no-such.TFLITE")));
    Path directory = Files.createDirectory(folder.resolve("d.tflite"));
    assertEquals("error: cannot read " + directory + ": not a regular file [BW0101]", refusal(directory));
    Path text = Files.writeString(folder.resolve("t.tflite"), "plain text");
    assertEquals(text + ": error: not a TFLite file: bytes 4 to 7 are not 'TFL3' [BW0102]", refusal(text));
    Path empty = Files.createFile(folder.resolve("e.tflite"));
    assertEquals(empty + ": error: not a TFLite file: bytes 4 to 7 are not 'TFL3' [BW0102]", refusal(empty));
  }
}
