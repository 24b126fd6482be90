package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained network and what TFLite's reference kernels computed with it.
 *
 * @param name  of the folder in {@code golden}
 * @param file  the TFLite file
 */
public record GoldenModel(String name, Path file, List<Inference> inferences) {
  /** The quantised networks of the reference data. */
  public static final List<String> INTEGER = List.of("person_detect", "vww_96_int8", "cifar_resnet8_int8", "kws_dscnn_int8",
      "mbnet128_0.25_int8", "mobilenet_v1_0.25_128_quant", "mobilenet_v2_1.0_224_quant");

  /** Those not quantised. */
  public static final List<String> REAL = List.of("cifar_resnet8_float", "mbnet128_0.25_float", "vww_96_float");

  /**
   * One input with its outputs.
   *
   * @param layers  by source operator the output it has; empty where they were not recorded
   */
  public record Inference(String name, byte[] input, List<byte[]> outputs, SortedMap<Integer, byte[]> layers) {}

  /** Reads the folder; skips the test where it is absent. */
  static GoldenModel read(String name) {
    Path root = TestData.root().orElse(null);
    assumeTrue(root != null, "no reference data");
    Path folder = root.resolve("golden").resolve(name);
    try {
      JsonObject meta = JsonParser.parseString(Files.readString(folder.resolve("meta.json"))).getAsJsonObject();
      List<Inference> inferences = new ArrayList<>();
      for (JsonElement each : meta.getAsJsonArray("cases")) {
        inferences.add(inference(folder, each.getAsJsonObject()));
      }
      return new GoldenModel(name, root.resolve(meta.get("model").getAsString()), inferences);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Inference inference(Path folder, JsonObject json) throws IOException {
    List<byte[]> outputs = new ArrayList<>();
    for (JsonElement output : json.getAsJsonArray("outputs")) {
      outputs.add(bytes(folder, output));
    }
    SortedMap<Integer, byte[]> layers = new TreeMap<>();
    if (json.has("layers")) {
      for (JsonElement layer : json.getAsJsonArray("layers")) {
        layers.put(layer.getAsJsonObject().get("op_index").getAsInt(), bytes(folder, layer));
      }
    }
    return new Inference(json.get("name").getAsString(), bytes(folder, json.get("input")), outputs, layers);
  }

  private static byte[] bytes(Path folder, JsonElement tensor) throws IOException {
    return Files.readAllBytes(folder.resolve(tensor.getAsJsonObject().get("file").getAsString()));
  }
}
