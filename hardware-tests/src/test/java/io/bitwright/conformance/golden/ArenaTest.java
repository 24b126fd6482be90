package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.conformance.Case;
import io.bitwright.conformance.Oracle;
import io.bitwright.conformance.golden.GoldenModel.Inference;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.kernel.Schedule;
import io.bitwright.ir.memory.MemoryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** How much memory the quantised reference networks take, and that what it held before does not matter. */
class ArenaTest {
  static final List<String> INTEGER = GoldenModel.INTEGER;

  @ParameterizedTest
  @FieldSource("INTEGER")
  void trivialScheduleReachesThePeakOfLiveness(String name) {
    Compiled network = Compiled.of(name);
    assertEquals(PeakLiveness.of(network.imported()), network.trivial().arenaBytes());
  }

  @ParameterizedTest
  @FieldSource("INTEGER")
  void chosenScheduleReachesThePeakOfLivenessOfItsGroups(String name) {
    Compiled network = Compiled.of(name);
    List<List<Integer>> groups = network.chosen().schedule().groups().stream()
        .filter(Schedule.Group::isFused)
        .map(g -> g.kernels().stream().map(k -> k.output().origins().get(0)).toList())
        .toList();
    assertEquals(PeakLiveness.of(network.imported(), groups), network.chosen().arenaBytes());
    assertTrue(network.chosen().arenaBytes() < network.trivial().arenaBytes());
  }

  @ParameterizedTest
  @CsvSource({"vww_96_int8, 55296, 40704", "person_detect, 55296, 14976", "cifar_resnet8_int8, 49152, 26624",
      "mobilenet_v2_1.0_224_quant, 1505280, 279552"})
  void arenasAreAsSmallAsTheyWere(String name, int trivial, int chosen) {
    Compiled network = Compiled.of(name);
    assertEquals(trivial, network.trivial().arenaBytes());
    assertEquals(chosen, network.chosen().arenaBytes());
  }

  @ParameterizedTest
  @FieldSource("INTEGER")
  void garbageInTheArenaChangesNothing(String name) {
    Compiled network = Compiled.of(name);
    Inference inference = network.model().inferences().get(0);
    Case expected = network.expected(inference);
    Random random = new Random(1);
    List<String> found = new ArrayList<>();
    for (MemoryPlan plan : List.of(network.trivial(), network.chosen())) {
      byte[] arena = new byte[plan.arenaBytes()];
      Interpreter interpreter = new Interpreter(plan, arena);
      for (int run = 0; run < 2; run++) {
        random.nextBytes(arena);
        found.addAll(Oracle.differences(expected, interpreter.run(expected.inputs(), Trace.NONE)));
      }
    }
    assertEquals(List.of(), found);
  }
}
