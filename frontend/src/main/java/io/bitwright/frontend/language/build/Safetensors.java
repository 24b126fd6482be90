package io.bitwright.frontend.language.build;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.bitwright.frontend.language.build.StoredWeights.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the f32 tensors of a safetensors file: eight bytes with the length of a JSON header, the header, and the
 * elements. Tensors of other types are an error.
 */
final class Safetensors {
  private static final int PREFIX = 8;

  private Safetensors() {}

  static Map<String, Tensor> read(byte[] bytes) throws MalformedWeightsException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.length < PREFIX ? -1 : buffer.getLong(0);
    if (length < 2 || length > bytes.length - PREFIX) {
      throw new MalformedWeightsException("a safetensors header of " + length + " bytes");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try {
      JsonObject header = JsonParser.parseString(
          new String(bytes, PREFIX, (int) length, StandardCharsets.UTF_8)).getAsJsonObject();
      for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
        if (!entry.getKey().equals("__metadata__")) {
          tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue().getAsJsonObject(), buffer,
              PREFIX + (int) length));
        }
      }
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException
        | NullPointerException | IndexOutOfBoundsException | StackOverflowError e) {
      throw new MalformedWeightsException("the safetensors header is damaged");
    }
    return tensors;
  }

  private static Tensor tensor(String name, JsonObject entry, ByteBuffer buffer, int start)
      throws MalformedWeightsException {
    String type = entry.get("dtype").getAsString();
    if (!type.equals("F32")) {
      throw new MalformedWeightsException("tensor '" + name + "' has type " + type + " (must be F32)");
    }
    List<Long> dims = new ArrayList<>();
    entry.getAsJsonArray("shape").forEach(d -> dims.add(d.getAsLong()));
    JsonArray offsets = entry.getAsJsonArray("data_offsets");
    long from = offsets.get(0).getAsLong();
    long to = offsets.get(1).getAsLong();
    if (from < 0 || to < from || to > buffer.capacity() - start || (to - from) % Float.BYTES != 0) {
      throw new MalformedWeightsException("tensor '" + name + "' lies at " + from + " to " + to);
    }
    int elements = (int) ((to - from) / Float.BYTES);
    MalformedWeightsException.requireElements(name, dims, elements);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = buffer.getFloat(start + (int) from + i * Float.BYTES);
    }
    return new Tensor(dims, values);
  }
}
