package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  private static final String NETWORK = "network n() {\n  input x: [1, 1, 2]\n  return x |> conv(1, 1, name=\"c\")\n}\n";

  @TempDir
  private Path folder;

  private static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      buffer.putFloat(v);
    }
    return buffer.array();
  }

  private static byte[] safetensors(String header, float... values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] data = floats(values);
    return ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length)
        .put(text).put(data).array();
  }

  private static String header(String name, String shape) {
    return "{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[0,8]}}";
  }

  private Graph load(String extension, byte[] bytes) throws IOException {
    Files.write(folder.resolve("net" + extension), bytes);
    return ModelLoader.load(Files.writeString(folder.resolve("net.bw"), NETWORK));
  }

  private static float[] weights(Graph graph) {
    return graph.outputs().get(0).operand(1).constant().reals();
  }

  private String refusal(byte[] bytes) {
    String message = assertThrows(DiagnosticException.class, () -> load(".safetensors", bytes)).getMessage();
    return message.replace(folder + "/", "");
  }

  @Test
  void safetensorsBesideTheDescriptionAreTaken() throws IOException {
    Graph graph = load(".safetensors", safetensors(header("c.weights", "[1,1,1,2]"), 1.5f, -2f));
    assertArrayEquals(new float[] {1.5f, -2f}, weights(graph));
  }

  @Test
  void numpyArchivesAreTaken() throws IOException {
    Path file = folder.resolve("net.npz");
    try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("c.weights.npy"));
      byte[] header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 2), }\n".getBytes(StandardCharsets.UTF_8);
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
      zip.write(header);
      zip.write(floats(3f, 4f));
    }
    assertArrayEquals(new float[] {3f, 4f}, weights(load(".npz", Files.readAllBytes(file))));
  }

  @Test
  void missingAndMisshapenWeightsAreLocated() {
    assertEquals("net.bw:3:15: error: weights of layer 'c': 'c.weights' is not in net.safetensors"
        + " (known: c.weight) [BW0718]", refusal(safetensors(header("c.weight", "[2]"), 1, 2)));
    assertEquals("net.bw:3:15: error: weights of layer 'c': 'c.weights' has shape 2x1x1x1 (must be 1x1x1x2) [BW0718]",
        refusal(safetensors(header("c.weights", "[2,1,1,1]"), 1, 2)));
    assertEquals("net.safetensors: error: malformed file: tensor 'c.weights' of shape [3] has 2 elements [BW0103]",
        refusal(safetensors(header("c.weights", "[3]"), 1, 2)));
  }

  @Test
  void damagedFilesAreRefusedOrRead() throws IOException {
    byte[] whole = safetensors(header("c.weights", "[1,1,1,2]"), 1, 2);
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        load(".safetensors", damaged);
      } catch (DiagnosticException e) {
        assertEquals(1, e.diagnostics().size());
      }
    }
  }
}
