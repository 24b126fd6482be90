package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlanner;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A trained network of int8 weights and float activations, keyword spotting, against TFLite: its float kernels with the same
 * weights in float32, and its own kernels for such files, which round activations to int8 on the fly.
 *
 * <p>testkit/cases/tflite/hybrid_network.py made the frames. Over 200 of them we were within 6e-8 of the float kernels; TFLite's
 * rounding moved a probability by up to 0.25 and the largest one in 1 frame.
 */
class HybridNetworkTest {
  @Test
  void probabilitiesAreThoseOfTheFloatKernels() throws IOException {
    Path model = TestData.find("models/tflite/kws_dscnn_float.tflite").orElse(null);
    assumeTrue(model != null, "no reference data");
    Diagnostics notes = new Diagnostics();
    Graph graph = ModelLoader.load(model, ModelSettings.DEFAULT, notes);
    assertTrue(notes.render().endsWith("note: 5 constants of type int8 become float32, in which the network computes"
        + " [BW0209]"), notes.render());
    Program program = Lowering.lower(StandardPipeline.create().run(graph), new Diagnostics());
    Interpreter interpreter = new Interpreter(MemoryPlanner.plan(program, Schedule.trivial(program)));
    for (JsonElement frame : cases()) {
      float[] actual = reals(interpreter.run(List.of(tensor(frame, "input")), Trace.NONE).get(0));
      assertArrayEquals(reals(tensor(frame, "float")), actual, 1e-6f);
      assertEquals(top(reals(tensor(frame, "hybrid"))), top(actual));
    }
  }

  private static int top(float[] probabilities) {
    int top = 0;
    for (int i = 1; i < probabilities.length; i++) {
      top = probabilities[i] > probabilities[top] ? i : top;
    }
    return top;
  }

  private static JsonArray cases() throws IOException {
    try (InputStream stream = HybridNetworkTest.class.getResourceAsStream("/tflite/networks/kws_dscnn_float.json")) {
      return JsonParser.parseString(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).getAsJsonArray();
    }
  }

  private static byte[] tensor(JsonElement frame, String name) {
    return Base64.getDecoder().decode(frame.getAsJsonObject().getAsJsonObject(name).get("base64").getAsString());
  }

  private static float[] reals(byte[] raw) {
    float[] values = new float[raw.length / 4];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
