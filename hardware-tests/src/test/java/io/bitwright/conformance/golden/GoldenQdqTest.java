package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.conformance.golden.GoldenModel.Inference;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.ir.type.TensorType;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks with quantisations between float operators become integer networks. */
class GoldenQdqTest {
  private static Graph load(String name, Rounding rounding) {
    Path root = TestData.root().orElse(null);
    assumeTrue(root != null, "no reference data");
    Graph graph = ModelLoader.load(root.resolve("models/onnx_qdq").resolve(name + ".onnx"),
        new ModelSettings(Map.of(), 1, Map.of(), Optional.of(rounding)));
    long reals = graph.nodes().stream().filter(n -> n.type().isFloat() && !n.isConstant()).map(Node::op)
        .filter(o -> !(o instanceof Op.Input) && !(o instanceof Op.Dequantize) && !(o instanceof Op.Reshape)).count();
    assertEquals(0, reals, "operators that compute with reals");
    return graph;
  }

  private static FloatBuffer run(Graph graph, byte[] input) {
    Program program = Lowering.lower(StandardPipeline.create().run(graph), new Diagnostics());
    byte[] fed = graph.sourceViews().inputs().get(0).toMemory(input, 4);
    return floats(new Interpreter(ScheduleChooser.choose(program)).run(List.of(fed), Trace.NONE).get(0));
  }

  private static FloatBuffer floats(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static int largest(FloatBuffer values) {
    int at = 0;
    for (int i = 1; i < values.capacity(); i++) {
      at = values.get(i) > values.get(at) ? i : at;
    }
    return at;
  }

  /** Where ONNX Runtime has two classes equally likely, either will do. */
  @ParameterizedTest
  @CsvSource({"vww_96_qdq", "mobilenet_v1_0.25_128_qdq"})
  void mostLikelyClassIsThatOfOnnxRuntime(String name) throws IOException {
    Graph graph = load(name, Rounding.TIES_EVEN);
    Path folder = TestData.root().orElseThrow().resolve("golden_onnx").resolve(name);
    JsonObject meta = JsonParser.parseString(Files.readString(folder.resolve("meta.json"))).getAsJsonObject();
    for (JsonElement each : meta.getAsJsonArray("cases")) {
      JsonObject one = each.getAsJsonObject();
      FloatBuffer should = floats(file(folder, one.getAsJsonArray("outputs").get(0)));
      FloatBuffer is = run(graph, file(folder, one.get("input")));
      assertEquals(should.get(largest(should)), should.get(largest(is)), one.get("name").getAsString());
    }
  }

  private static byte[] file(Path folder, JsonElement tensor) throws IOException {
    return Files.readAllBytes(folder.resolve(tensor.getAsJsonObject().get("file").getAsString()));
  }

  /** Fed what the TFLite network is fed, dequantised: its outputs, dequantised, to the bit. */
  @ParameterizedTest
  @CsvSource({"vww_96_qdq, vww_96_int8", "mobilenet_v1_0.25_128_qdq, mobilenet_v1_0.25_128_quant"})
  void withTheRoundingOfTfliteTheBytesAreTflites(String name, String original) {
    Graph graph = load(name, Rounding.TFLITE);
    Compiled network = Compiled.of(original);
    TensorType in = network.imported().inputs().get(0).type();
    TensorType out = network.imported().outputs().get(0).type();
    for (Inference inference : network.model().inferences()) {
      byte[] reals = dequantized(inference.input(), in).array();
      byte[] own = graph.sourceViews().inputs().get(0).toOwn(reals, 4);
      FloatBuffer should = floats(dequantized(inference.outputs().get(0), out).array());
      FloatBuffer is = run(graph, own);
      assertEquals(should, is, original + " " + inference.name());
    }
    assertTrue(network.model().inferences().size() > 1);
  }

  private static ByteBuffer dequantized(byte[] codes, TensorType type) {
    ByteBuffer reals = ByteBuffer.allocate(4 * codes.length).order(ByteOrder.LITTLE_ENDIAN);
    for (byte code : codes) {
      reals.putFloat(type.scale() * ((type.storedOffset() == 0 ? code : code & 0xff) - type.zeroPoint()));
    }
    return reals;
  }
}
