package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.bitwright.boards.Boards;
import io.bitwright.c.CTarget;
import io.bitwright.conformance.CBatch;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Lowering;
import io.bitwright.ir.kernel.Program;
import io.bitwright.ir.memory.MemoryPlan;
import io.bitwright.ir.memory.ScheduleChooser;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.gcc.GccExecutor;
import io.bitwright.target.EmitRequest;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trained float networks in ONNX files against what ONNX Runtime computed, graph optimisations off: in generated C
 * within 1e-4 of an output's largest magnitude, and the interpreter's bytes.
 */
class GoldenOnnxTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2_0.35_128_flowers", "ultraface_rfb320"})
  @Tag("thorough")
  void outputsInC(String name) throws IOException {
    CBatch.assumeCompiler();
    check(name, true);
  }

  @Test
  void outputsOfTheSmallestInC() throws IOException {
    CBatch.assumeCompiler();
    check("ppocr_cls_mobilenetv3", true);
  }

  /** Its C, 300 MB of text, takes more memory than tests have; {@code run --on c} gives the same outputs. */
  @Test
  @Tag("thorough")
  void inceptionOnTheInterpreter() throws IOException {
    check("inception_v3_5class", false);
  }

  private static void check(String name, boolean inC) throws IOException {
    Path root = TestData.root().orElse(null);
    assumeTrue(root != null, "no reference data");
    Path folder = root.resolve("golden_onnx").resolve(name);
    JsonObject meta = JsonParser.parseString(Files.readString(folder.resolve("meta.json"))).getAsJsonObject();
    List<JsonObject> cases = new ArrayList<>();
    meta.getAsJsonArray("cases").forEach(c -> cases.add(c.getAsJsonObject()));
    List<Integer> shape = new ArrayList<>();
    cases.get(0).getAsJsonObject("input").getAsJsonArray("shape").forEach(d -> shape.add(d.getAsInt()));
    Graph source = ModelLoader.load(root.resolve(meta.get("model").getAsString()),
        new ModelSettings(Map.of(), 1, Map.of("", shape), Optional.empty()));
    Graph optimised = StandardPipeline.create().run(source);
    assertTrue(optimised.nodes().stream().noneMatch(n -> n.op() instanceof Op.Transpose), "nothing is transposed");
    Program program = Lowering.lower(optimised, new Diagnostics());
    MemoryPlan plan = ScheduleChooser.choose(program);
    List<List<byte[]>> frames = new ArrayList<>();
    for (JsonObject each : cases) {
      frames.add(List.of(source.sourceViews().inputs().get(0).toMemory(bytes(folder, each.get("input")), 4)));
    }
    List<List<byte[]>> results = inC ? inC(name, plan, frames)
        : frames.stream().map(f -> new Interpreter(plan).run(f, Trace.NONE)).toList();
    for (int c = 0; c < cases.size(); c++) {
      List<JsonElement> outputs = cases.get(c).getAsJsonArray("outputs").asList();
      for (int i = 0; i < outputs.size(); i++) {
        byte[] own = source.sourceViews().outputs().get(i).toOwn(results.get(c).get(i), 4);
        near(cases.get(c).get("name").getAsString() + " output " + i, bytes(folder, outputs.get(i)), own);
      }
    }
  }

  /** What the C gives; for the first frame the interpreter's bytes. */
  private static List<List<byte[]>> inC(String name, MemoryPlan plan, List<List<byte[]>> frames) {
    EmitRequest request = new EmitRequest("golden", name, plan, Boards.find("host").board(), Optional.empty());
    List<List<byte[]>> results = new GccExecutor()
        .run(new RunRequest(request, new CTarget().emit(request), frames, false)).outputs();
    List<byte[]> interpreted = new Interpreter(plan).run(frames.get(0), Trace.NONE);
    for (int i = 0; i < interpreted.size(); i++) {
      assertEquals(ByteBuffer.wrap(interpreted.get(i)), ByteBuffer.wrap(results.get(0).get(i)), "C and interpreter");
    }
    return results;
  }

  private static void near(String where, byte[] expected, byte[] actual) {
    FloatBuffer should = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    FloatBuffer is = ByteBuffer.wrap(actual).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    assertEquals(should.capacity(), is.capacity(), where);
    float largest = 0;
    for (int k = 0; k < should.capacity(); k++) {
      largest = Math.max(largest, Math.abs(should.get(k)));
    }
    for (int k = 0; k < should.capacity(); k++) {
      assertEquals(should.get(k), is.get(k), TOLERANCE * largest, where + " at " + k);
    }
  }

  private static byte[] bytes(Path folder, JsonElement tensor) throws IOException {
    return Files.readAllBytes(folder.resolve(tensor.getAsJsonObject().get("file").getAsString()));
  }
}
