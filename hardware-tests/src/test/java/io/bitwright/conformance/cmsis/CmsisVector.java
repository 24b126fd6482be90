package io.bitwright.conformance.cmsis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One test vector of CMSIS-NN: named integers and named arrays, looked up under a prefix that may be empty. */
final class CmsisVector {
  private final String name;
  private final JsonObject params;
  private final JsonObject arrays;

  private CmsisVector(String name, JsonObject params, JsonObject arrays) {
    this.name = name;
    this.params = params;
    this.arrays = arrays;
  }

  static CmsisVector read(Path file) throws IOException {
    JsonObject root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    return new CmsisVector(root.get("name").getAsString(), root.getAsJsonObject("params"),
        root.getAsJsonObject("arrays"));
  }

  String name() {
    return name;
  }

  /** The parameters and arrays whose names start so, the start cut off. */
  CmsisVector part(String paramPrefix, String arrayPrefix) {
    return new CmsisVector(name, cut(params, paramPrefix), cut(arrays, arrayPrefix));
  }

  private static JsonObject cut(JsonObject from, String prefix) {
    JsonObject part = new JsonObject();
    from.entrySet().stream().filter(e -> e.getKey().startsWith(prefix))
        .forEach(e -> part.add(e.getKey().substring(prefix.length()), e.getValue()));
    return part;
  }

  int param(String param) {
    return params.get(param).getAsInt();
  }

  int param(String param, int absent) {
    return params.has(param) ? param(param) : absent;
  }

  boolean flag(String param) {
    return params.has(param) && params.get(param).getAsBoolean();
  }

  Shape shape(String n, String h, String w, String c) {
    return Shape.of(param(n), param(h), param(w), param(c));
  }

  /** The first of these arrays that is there and not null; none: empty. */
  long[] array(String... names) {
    for (String candidate : names) {
      JsonElement array = arrays.get(candidate);
      if (array != null && array.getAsJsonObject().get("data").isJsonArray()) {
        return array.getAsJsonObject().getAsJsonArray("data").asList().stream().mapToLong(JsonElement::getAsLong)
            .toArray();
      }
    }
    return new long[0];
  }

  byte[] bytes(String... names) {
    long[] codes = array(names);
    byte[] bytes = new byte[codes.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) codes[i];
    }
    return bytes;
  }

  TensorData weights() {
    return TensorData.ofBytes(bytes("weights"));
  }

  /** The biases, or as many zeros where there are none. */
  long[] biases(int channels) {
    long[] biases = array("biases", "bias");
    return biases.length == 0 ? new long[channels] : biases;
  }

  /** One scale a channel from two arrays. */
  List<FixedPoint> scales(String multipliers, String shifts) {
    long[] multiplier = array(multipliers);
    long[] shift = array(shifts);
    return new ArrayList<>(IntStream.range(0, multiplier.length)
        .mapToObj(c -> new FixedPoint((int) multiplier[c], (int) shift[c])).toList());
  }

  FixedPoint scale(String multiplier, String shift) {
    return new FixedPoint(param(multiplier), param(shift));
  }

  Interval limits(String lo, String hi) {
    return Interval.of(param(lo), param(hi));
  }
}
