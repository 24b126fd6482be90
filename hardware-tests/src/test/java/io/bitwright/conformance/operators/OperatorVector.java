package io.bitwright.conformance.operators;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Tolerance;
import io.bitwright.frontend.tflite.TfliteImporter;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphEquality;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.passes.StandardPipeline;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A file with one operator (or a few) and what TFLite's reference kernels computed for it; resources/opvectors/README.md.
 *
 * @param name  of the files
 * @param model  the TFLite file
 * @param floats  how far float outputs may be off
 */
record OperatorVector(String name, byte[] model, List<byte[]> inputs, List<byte[]> outputs, Tolerance floats) {
  private static final Tolerance FLOATS = new Tolerance(1e-6, 1e-5);

  static OperatorVector load(OperatorIndex.Entry entry) {
    JsonObject json = JsonParser.parseString(new String(entry.file(".json"), StandardCharsets.UTF_8)).getAsJsonObject();
    return new OperatorVector(entry.name(), entry.file(".tflite"), tensors(json.getAsJsonArray("inputs")),
        tensors(json.getAsJsonArray("outputs")), tolerance(json));
  }

  private static Tolerance tolerance(JsonObject json) {
    JsonArray own = json.getAsJsonArray("tolerance");
    return own == null ? FLOATS : new Tolerance(own.get(0).getAsDouble(), own.get(1).getAsDouble());
  }

  /** As imported, without any pass. */
  Case asImported() {
    return lowered("", graph());
  }

  /** After all passes. */
  Case optimised() {
    return lowered("_optimised", StandardPipeline.create().run(graph()));
  }

  /** Whether any pass changes the graph. */
  boolean changedByPasses() {
    return !GraphEquality.equal(graph(), StandardPipeline.create().run(graph()));
  }

  private Graph graph() {
    return TfliteImporter.parse(model, name + ".tflite");
  }

  private Case lowered(String suffix, Graph graph) {
    return new Case(name + suffix, Lowering.lower(graph, new Diagnostics()), inputs, outputs, floats);
  }

  private static List<byte[]> tensors(JsonArray array) {
    List<byte[]> tensors = new ArrayList<>();
    for (JsonElement tensor : array) {
      byte[] raw = Base64.getDecoder().decode(tensor.getAsJsonObject().get("base64").getAsString());
      boolean wide = tensor.getAsJsonObject().get("dtype").getAsString().equals("int64");
      tensors.add(wide ? narrowed(raw) : raw);
    }
    return tensors;
  }

  /** Indices that a file has as int64 are int32 in ours. */
  private static byte[] narrowed(byte[] wide) {
    ByteBuffer from = ByteBuffer.wrap(wide).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer to = ByteBuffer.allocate(wide.length / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (from.hasRemaining()) {
      to.putInt(Math.toIntExact(from.getLong()));
    }
    return to.array();
  }
}
