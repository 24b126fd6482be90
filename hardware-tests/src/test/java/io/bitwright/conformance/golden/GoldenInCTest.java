package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.boards.Boards;
import io.bitwright.c.CTarget;
import io.bitwright.conformance.CBatch;
import io.bitwright.conformance.Linked;
import io.bitwright.conformance.Oracle;
import io.bitwright.conformance.golden.GoldenModel.Inference;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trained networks in generated C: the outputs and layers of TFLite's reference kernels. */
class GoldenInCTest {
  static Stream<String> all() {
    return Stream.concat(GoldenModel.INTEGER.stream(), GoldenModel.REAL.stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void outputsAndLayersUnderTheTrivialSchedule(String name) {
    CBatch.assumeCompiler();
    Compiled network = Compiled.of(name);
    List<Inference> inferences = network.model().inferences();
    EmitRequest emitted = new EmitRequest("golden", name, network.trivial(), Boards.find("host").board(),
        Optional.empty());
    List<List<byte[]>> frames = inferences.stream().map(i -> List.of(i.input())).toList();
    OutputTree tree = new CTarget().emit(emitted);
    Execution run = new GccExecutor().run(new RunRequest(emitted, tree, frames, false));
    List<String> found = new ArrayList<>();
    for (int i = 0; i < inferences.size(); i++) {
      Inference inference = inferences.get(i);
      found.addAll(Oracle.differences(network.expected(inference), run.outputs().get(i)));
      if (!inference.layers().isEmpty()) {
        Execution traced = new GccExecutor().run(new RunRequest(emitted, tree, frames.subList(i, i + 1), true));
        found.addAll(GoldenModelTest.layerDifferences(name, inference.layers(), traced.layers()));
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void outputsUnderTheChosenScheduleWithSanitizersAndGarbageInTheArena(@TempDir Path folder) {
    CBatch.assumeCompiler();
    List<Linked> linked = new ArrayList<>();
    for (String name : all().toList()) {
      Compiled network = Compiled.of(name);
      linked.add(Linked.of(network.expected(network.model().inferences().get(0)), network.chosen()));
    }
    assertEquals(List.of(), new CBatch(folder, linked, 1).differences());
  }
}
