package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.boards.Boards;
import io.bitwright.c.CTarget;
import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Case;
import io.bitwright.conformance.Linked;
import io.bitwright.conformance.Oracle;
import io.bitwright.conformance.Tolerance;
import io.bitwright.conformance.golden.GoldenModel.Inference;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.runners.Execution;
import io.bitwright.runners.RunRequest;
import io.bitwright.runners.gcc.GccExecutor;
import io.bitwright.target.EmitRequest;
import io.bitwright.target.OutputTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trained networks in generated C: the outputs and layers of TFLite's reference kernels. */
class GoldenInCTest {
  private static final List<String> SMALL = List.of("cifar_resnet8_int8", "kws_dscnn_int8", "cifar_resnet8_float");

  static List<String> small() {
    return SMALL;
  }

  static List<String> large() {
    return Stream.concat(GoldenModel.INTEGER.stream(), GoldenModel.REAL.stream()).filter(n -> !SMALL.contains(n)).toList();
  }

  @ParameterizedTest
  @MethodSource("small")
  void outputsAndLayersOfSmallNetworks(String name) {
    check(name);
  }

  @ParameterizedTest
  @MethodSource("large")
  @Tag("thorough")
  void outputsAndLayers(String name) {
    check(name);
  }

  /** Networks with recorded layers run under the trivial schedule, where every layer exists; others under the chosen. */
  private static void check(String name) {
    CBatch.assumeCompiler();
    Compiled network = Compiled.of(name);
    List<Inference> inferences = network.model().inferences();
    boolean layers = !inferences.get(0).layers().isEmpty();
    EmitRequest emitted = new EmitRequest("golden", name, layers ? network.trivial() : network.chosen(),
        Boards.find("host").board(), Optional.empty());
    OutputTree tree = new CTarget().emit(emitted);
    List<List<byte[]>> frames = inferences.stream().map(i -> List.of(i.input())).toList();
    Execution run = new GccExecutor().run(new RunRequest(emitted, tree, frames, false));
    List<String> found = new ArrayList<>();
    for (int i = 0; i < inferences.size(); i++) {
      Inference inference = inferences.get(i);
      found.addAll(Oracle.differences(network.expected(inference), run.outputs().get(i)));
      found.addAll(Oracle.differences(interpreted(network, inference), run.outputs().get(i)));
      if (layers) {
        Execution traced = new GccExecutor().run(new RunRequest(emitted, tree, frames.subList(i, i + 1), true));
        found.addAll(GoldenModelTest.layerDifferences(name, inference.layers(), traced.layers()));
      }
    }
    assertEquals(List.of(), found);
  }

  /** What the interpreter computes, as a case whose floats must be equal in every bit. */
  private static Case interpreted(Compiled network, Inference inference) {
    List<byte[]> inputs = List.of(inference.input());
    return new Case(network.model().name() + " interpreted", network.program(), inputs,
        new Interpreter(network.chosen()).run(inputs, Trace.NONE), Tolerance.NONE);
  }

  @Test
  void chosenScheduleOfSmallNetworksWithSanitizersAndGarbageInTheArena(@TempDir Path folder) {
    checkSanitized(folder, SMALL);
  }

  @Test
  @Tag("thorough")
  void chosenScheduleWithSanitizersAndGarbageInTheArena(@TempDir Path folder) {
    checkSanitized(folder, List.of("person_detect", "mobilenet_v1_0.25_128_quant", "mobilenet_v2_1.0_224_quant",
        "vww_96_int8", "vww_96_float"));
  }

  private static void checkSanitized(Path folder, List<String> names) {
    CBatch.assumeCompiler();
    List<Linked> linked = new ArrayList<>();
    for (String name : names) {
      Compiled network = Compiled.of(name);
      linked.add(Linked.of(network.expected(network.model().inferences().get(0)), network.chosen()));
    }
    assertEquals(List.of(), new CBatch(folder, linked, 1).differences());
  }
}
