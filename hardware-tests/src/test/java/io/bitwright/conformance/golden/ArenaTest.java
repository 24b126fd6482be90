package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.conformance.Case;
import io.bitwright.conformance.Oracle;
import io.bitwright.conformance.golden.GoldenModel.Inference;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.memory.MemoryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory the quantised reference networks take, and that what it held before does not matter. */
class ArenaTest {
  static final List<String> INTEGER = GoldenModel.INTEGER;

  @ParameterizedTest
  @FieldSource("INTEGER")
  void trivialScheduleReachesThePeakOfLiveness(String name) {
    Compiled network = Compiled.of(name);
    assertEquals(PeakLiveness.of(network.imported()), network.trivial().arenaBytes());
    assertTrue(network.chosen().arenaBytes() <= network.trivial().arenaBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vww_96_int8", "person_detect"})
  void visualWakeWordsTakes55296Bytes(String name) {
    assertEquals(55_296, Compiled.of(name).trivial().arenaBytes());
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
