package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.Case;
import io.bitwright.conformance.Oracle;
import io.bitwright.conformance.Tolerance;
import io.bitwright.conformance.golden.GoldenModel.Inference;
import io.bitwright.ir.interp.Interpreter;
import io.bitwright.ir.interp.Trace;
import io.bitwright.ir.memory.MemoryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trained networks on the interpreter: the outputs and layers of TFLite's reference kernels. */
class GoldenModelTest {
  static Stream<String> all() {
    return Stream.concat(GoldenModel.INTEGER.stream(), GoldenModel.REAL.stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void outputsAndLayersUnderTheTrivialSchedule(String name) {
    Compiled network = Compiled.of(name);
    Interpreter interpreter = new Interpreter(network.trivial());
    List<String> found = new ArrayList<>();
    for (Inference inference : network.model().inferences()) {
      SortedMap<Integer, byte[]> layers = new TreeMap<>();
      Case expected = network.expected(inference);
      found.addAll(Oracle.differences(expected, interpreter.run(List.of(inference.input()), layers::put)));
      found.addAll(layerDifferences(expected.name(), inference.layers(), layers));
    }
    assertEquals(List.of(), found);
  }

  @ParameterizedTest
  @MethodSource("all")
  void outputsUnderTheChosenSchedule(String name) {
    Compiled network = Compiled.of(name);
    MemoryPlan chosen = network.chosen();
    Interpreter interpreter = new Interpreter(chosen);
    List<String> found = new ArrayList<>();
    for (Inference inference : network.model().inferences()) {
      Case expected = network.expected(inference);
      found.addAll(Oracle.differences(expected, interpreter.run(expected.inputs(), Trace.NONE)));
    }
    assertEquals(List.of(), found);
  }

  /** Every recorded layer must have been traced, with its bytes. */
  static List<String> layerDifferences(
      String where, SortedMap<Integer, byte[]> expected, SortedMap<Integer, byte[]> actual) {
    List<String> found = new ArrayList<>();
    expected.forEach((operator, bytes) -> {
      String layer = where + " operator " + operator;
      if (actual.containsKey(operator)) {
        Oracle.difference(layer, bytes, actual.get(operator), Tolerance.NONE).ifPresent(found::add);
      } else {
        found.add(layer + ": no tensor");
      }
    });
    return found;
  }
}
