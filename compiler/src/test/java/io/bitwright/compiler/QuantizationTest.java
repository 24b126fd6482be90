package io.bitwright.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.boards.Boards;
import io.bitwright.compiler.Inference.Layers;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.frontend.quantise.evaluate.Sensitivity;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.runners.Execution;
import io.bitwright.target.Constraint;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import io.bitwright.target.Target;
import io.bitwright.testkit.TestData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuantizationTest {
  private static final Path MODEL = Path.of("zoo:mobilenet_v2");
  private static final ModelSettings SMALL =
      new ModelSettings(Map.of("alpha", "0.35", "resolution", "32", "classes", "4"), 1);
  private static final Compiler PLAIN = new Compiler(CompileOptions.DEFAULT, CompileObserver.NONE);
  private static final Compiler QUANTIZING = new Compiler(CompileOptions.DEFAULT.quantizing(QuantizationRequest.GENERATED), CompileObserver.NONE);

  /** A back end without f32 that writes nothing. */
  private static final Target INTEGERS = new Target() {
    @Override
    public String name() {
      return "integers";
    }

    @Override
    public List<Constraint> constraints() {
      return List.of();
    }

    @Override
    public boolean requiresIntegers() {
      return true;
    }

    @Override
    public OutputTree emit(EmitRequest request) {
      throw new IllegalStateException("not reached");
    }
  };

  @Test
  void targetsWithoutFloatsGetIntegers() {
    assertFalse(PLAIN.load(MODEL, SMALL).isQuantized());
    assertFalse(PLAIN.serving(List.of(BackEnds.target("c"))).load(MODEL, SMALL).isQuantized());
    Network network = PLAIN.serving(List.of(BackEnds.target("c"), INTEGERS)).load(MODEL, SMALL);
    assertTrue(network.isQuantized());
    assertTrue(network.imported().nodes().stream().allMatch(n -> n.type().isFloat()));
    assertTrue(network.optimised().nodes().stream().noneMatch(n -> n.type().isFloat()));
  }

  /** Ranges from generated inputs are no calibration of a trained network: only the user can ask for that. */
  @Test
  void trainedNetworksStayAsTheyAre() {
    Path file = TestData.find("models/tflite/cifar_resnet8_float.tflite").orElse(null);
    assumeTrue(file != null, "no reference data");
    assertFalse(PLAIN.serving(List.of(INTEGERS)).load(file).isQuantized());
    assertTrue(QUANTIZING.serving(List.of(INTEGERS)).load(file).isQuantized());
  }

  @Test
  void floatsAreRefusedWhereATargetHasNone() {
    Network network = PLAIN.load(MODEL, SMALL);
    DiagnosticException e = assertThrows(DiagnosticException.class,
        () -> PLAIN.emit(network, INTEGERS, Boards.find("host").board(), Optional.empty()));
    assertTrue(e.diagnostics().stream().allMatch(d -> d.id() == DiagnosticId.TARGET_CONSTRAINT));
    assertTrue(e.getMessage().contains("--calibrate makes a network of them)"), e.getMessage());
  }

  /** Resizing is six kernels. */
  @Test
  void anOperatorOfSeveralKernelsIsRefusedOnce() {
    Network network = PLAIN.compile(GraphParser.parse("""
        graph @net {
          %x = input : tensor<1x4x4x2 x f32> "x"
          %y = resize_bilinear %x {align_corners=true, half_pixel_centers=false} : tensor<1x7x9x2 x f32> "y"
          return %y
        }
        """), "net.tflite");
    DiagnosticException e = assertThrows(DiagnosticException.class,
        () -> PLAIN.emit(network, INTEGERS, Boards.find("host").board(), Optional.empty()));
    assertEquals(1, e.diagnostics().size(), e.getMessage());
  }

  /** What has no integer form is computed in float32 between codes: its own rounding is that of its result. */
  @Test
  void whatStaysInRealsHasAFigureToo() {
    Graph graph = GraphParser.parse("""
        graph @net {
          %x = input : tensor<1x4x4x8 x f32> "x"
          %e = unary %x {function=exp, round=tflite} : tensor<1x4x4x8 x f32> "power"
          %y = log_softmax %e : tensor<1x4x4x8 x f32> "logarithms"
          return %y
        }
        """);
    Quantization quantization = new Quantization(CompileOptions.DEFAULT, CompileObserver.NONE);
    Quantization.Result result = quantization.run(graph, QuantizationRequest.GENERATED, prepared -> prepared);
    List<Sensitivity.Row> rows = quantization.sensitivity(result);
    assertEquals(List.of("x", "power", "logarithms"), rows.stream().map(r -> r.real().name()).toList());
    assertTrue(rows.stream().allMatch(r -> r.alone().decibels() > 30 && r.whole().decibels() > 20), rows.toString());
  }

  @Test
  void quantisedNetworksAreTheSameEveryTime() {
    assertEquals(GraphPrinter.print(QUANTIZING.load(MODEL, SMALL).definition()).text(),
        GraphPrinter.print(QUANTIZING.load(MODEL, SMALL).definition()).text());
    assertEquals(DigitsFile.MODEL.getFileName().toString(), QUANTIZING.load(DigitsFile.MODEL).source());
    assertFalse(QUANTIZING.load(DigitsFile.MODEL).isQuantized(), "integers already");
  }

  /** The tensors of layers are those of the quantised network, under the layers' indices; outputs stay. */
  @Test
  void layersAreThoseOfTheQuantisedNetwork() {
    Network network = QUANTIZING.load(MODEL, SMALL);
    List<byte[]> frame = SeededInputs.frame(network.inputTypes(), 3);
    Inference inference = new Inference(QUANTIZING, network, Boards.find("host").board());
    Execution all = inference.run(Inference.INTERPRETER, List.of(frame), Layers.OF_FILE);
    Execution scheduled = inference.run(Inference.INTERPRETER, List.of(frame), Layers.NONE);
    assertEquals(java.util.Arrays.toString(scheduled.outputs().get(0).get(0)),
        java.util.Arrays.toString(all.outputs().get(0).get(0)));
    assertTrue(all.layers().size() > 60, all.layers().keySet().toString());
    assertEquals(32 * 32 * 3, all.layers().get(0).length);
    assertEquals(4, all.layers().get(all.layers().lastKey()).length);
  }

  @Test
  void passesBeforeAndAfterAreTold() {
    List<String> dumped = new ArrayList<>();
    List<String> timed = new ArrayList<>();
    CompileOptions options = new CompileOptions(Optional.empty(), CompileOptions.Goal.SIZE, OptionalLong.empty(),
        Set.of("fold-padding"), List.of("fold-scales")).quantizing(QuantizationRequest.GENERATED);
    new Compiler(options, new CompileObserver() {
      @Override
      public void dump(String pass, Graph graph) {
        dumped.add(pass);
      }

      @Override
      public void time(String stage, long nanos) {
        timed.add(stage);
      }
    }).load(MODEL, SMALL);
    assertEquals(List.of("fold-scales (f32)", "fold-scales"), dumped);
    assertFalse(timed.contains("fold-padding (f32)") || timed.contains("fold-padding"), timed.toString());
    assertTrue(timed.indexOf("fuse-activations (f32)") < timed.indexOf("read calibration inputs"), timed.toString());
    assertTrue(timed.indexOf("quantize") < timed.indexOf("share-constants"), timed.toString());
  }
}
