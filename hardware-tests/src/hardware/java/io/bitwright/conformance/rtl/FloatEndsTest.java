package io.bitwright.conformance.rtl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.boards.Boards;
import io.bitwright.compiler.BackEnds;
import io.bitwright.compiler.CompileObserver;
import io.bitwright.compiler.CompileOptions;
import io.bitwright.compiler.Compiler;
import io.bitwright.compiler.Inference;
import io.bitwright.compiler.Inference.Layers;
import io.bitwright.compiler.Network;
import io.bitwright.compiler.SeededInputs;
import io.bitwright.compiler.Verification;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.runners.hls.HlsCompiler;
import io.bitwright.target.Target;
import io.bitwright.testkit.TestData;
import io.bitwright.tracer.RequiredTools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that quantise float inputs and dequantise their outputs, on hardware that takes integers only. */
class FloatEndsTest {
  private static final Compiler COMPILER = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE);
  private static final String NETWORK = """
      graph @net {
        %x = input : tensor<1x6x6x2 x f32> "picture"
        %q = quantize %x {round=ties_even} : tensor<1x6x6x2 x i8, q(0.0078125, -3)>
        %w = constant seeded(1) : tensor<3x3x3x2 x i8, q(axis=0, [0.01, 0.02, 0.013])> "w"
        %c = conv2d %q, %w {stride=1x1, pad=[1,1,1,1], clamp=[5,127], round=ties_even}
                           : tensor<1x6x6x3 x i8, q(0.05, 5)>
        %m = mean %c {axes=[1,2], keep_dims=false, round=ties_even} : tensor<1x3 x i8, q(0.03, 5)>
        %s = softmax %m {beta=1} : tensor<1x3 x i8, q(0.00390625, -128)>
        %d = dequantize %s : tensor<1x3 x f32> "scores"
        return %d
      }
      """;

  private static Graph network() {
    return GraphParser.parse(NETWORK);
  }

  /** The accelerator's outputs, dequantised, are the bytes that the float-ended network gives on the interpreter. */
  @ParameterizedTest
  @ValueSource(strings = {"hls", "rtl"})
  @Tag("simulator")
  void floatsInAndOut(String on) {
    RequiredTools.require(on.equals("hls") ? List.of(HlsCompiler.USUAL.tool())
        : io.bitwright.runners.verilator.Verilator.tools());
    Compiler serving = COMPILER.serving(BackEnds.targetsOf(List.of(on)));
    Network whole = COMPILER.compile(network(), "net.txt");
    Network inner = serving.compile(network(), "net.txt");
    List<List<byte[]>> reals =
        LongStream.range(0, 4).mapToObj(seed -> SeededInputs.frame(whole.inputTypes(), seed)).toList();
    List<List<byte[]>> codes =
        reals.stream().map(f -> List.of(inner.inputs().get(0).toNetwork(f.get(0)))).toList();
    Inference inference = new Inference(serving, inner, Boards.find("host").board());
    Verification.Result result = new Verification(inner, inference, codes).on(on);
    assertEquals(Optional.empty(), result.mismatch());
    Inference direct = new Inference(COMPILER, whole, Boards.find("host").board());
    List<List<byte[]>> expected = direct.run(Inference.INTERPRETER, reals, Layers.NONE).outputs();
    for (int f = 0; f < expected.size(); f++) {
      assertArrayEquals(expected.get(f).get(0),
          inner.outputs().get(0).toOwn(result.execution().outputs().get(f).get(0)), "frame " + f);
    }
  }

  /** A TFLite file that begins with QUANTIZE and ends with DEQUANTIZE (testkit/cases/tflite/float_ends.py). */
  @ParameterizedTest
  @ValueSource(strings = {Inference.INTERPRETER, "c", "hls", "rtl"})
  @Tag("simulator")
  void floatsOfTheReferenceKernelsComeOut(String on) throws IOException {
    boolean tools = on.equals(Inference.INTERPRETER) || on.equals("c");
    RequiredTools.require(on.equals("rtl") ? io.bitwright.runners.verilator.Verilator.tools()
        : tools ? List.of() : List.of(HlsCompiler.USUAL.tool()));
    Path folder = TestData.inRepository("hardware-tests/src/hardware/resources/float_ends").orElseThrow();
    Compiler serving = on.equals("c") ? COMPILER : COMPILER.integersOnly();
    Network network = serving.load(folder.resolve("float_ends.tflite"));
    assertEquals(on.equals("c") ? 0 : 2, network.convertedEnds().size());
    ByteBuffer inputs = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("inputs.bin")));
    List<List<byte[]>> frames = new ArrayList<>();
    while (inputs.hasRemaining()) {
      byte[] reals = new byte[Float.BYTES * 6 * 6 * 2];
      inputs.get(reals);
      frames.add(List.of(network.inputs().get(0).toNetwork(reals)));
    }
    List<List<byte[]>> outputs =
        new Inference(serving, network, Boards.find("host").board()).run(on, frames, Layers.NONE).outputs();
    ByteBuffer found = ByteBuffer.allocate(Float.BYTES * 4 * frames.size());
    outputs.forEach(o -> found.put(network.outputs().get(0).toOwn(o.get(0))));
    assertArrayEquals(Files.readAllBytes(folder.resolve("outputs.bin")), found.array());
  }

  /** Trained networks: the trees are written; what they hold is that of the same networks in TFLite files. */
  @ParameterizedTest
  @ValueSource(strings = {"vww_96_qdq", "mobilenet_v1_0.25_128_qdq"})
  void trainedNetworksCompile(String name) {
    Path file = TestData.find("models/onnx_qdq/" + name + ".onnx").orElse(null);
    assumeTrue(file != null, "no reference data");
    for (String target : List.of("hls", "rtl")) {
      Target backEnd = BackEnds.target(target);
      Compiler serving = COMPILER.serving(List.of(backEnd));
      Network network = serving.load(file);
      assertEquals(2, network.convertedEnds().size());
      var tree = serving.emit(network, backEnd, Boards.find("kv260").board(), Optional.empty()).tree();
      assertTrue(tree.files().size() > 5);
    }
  }

  /** The interpreter of the inner network against what ONNX Runtime gave for the float one's input. */
  @Test
  void floatsOfTheReferenceComeOut() throws IOException {
    Path folder = TestData.find("golden_onnx/vww_96_qdq").orElse(null);
    assumeTrue(folder != null, "no reference data");
    Network network = COMPILER.integersOnly().load(TestData.find("models/onnx_qdq/vww_96_qdq.onnx").orElseThrow());
    byte[] input = Files.readAllBytes(folder.resolve("vww_000000000250.in.bin"));
    byte[] should = Files.readAllBytes(folder.resolve("vww_000000000250.out.0.bin"));
    byte[] raw = new Inference(COMPILER, network, Boards.find("host").board()).run(Inference.INTERPRETER,
        List.of(List.of(network.inputs().get(0).toNetwork(input))), Layers.NONE).outputs().get(0).get(0);
    ByteBuffer is = ByteBuffer.wrap(network.outputs().get(0).toOwn(raw)).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer expected = ByteBuffer.wrap(should).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(expected.getFloat(0), is.getFloat(0), 2f / 256);
    assertEquals(expected.getFloat(4), is.getFloat(4), 2f / 256);
  }
}
