package io.bitwright.conformance.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.Case;
import io.bitwright.conformance.Interpretation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single operators against TFLite's reference kernels, on the interpreter. */
class OperatorVectorTest {
  static List<String> names() {
    return OperatorVector.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void interpreterGivesTheReferenceKernelsOutput(String name) {
    OperatorVector vector = OperatorVector.load(name);
    List<String> found = new ArrayList<>();
    for (Case lowered : List.of(vector.asImported(), vector.optimised())) {
      found.addAll(Interpretation.differences(lowered));
    }
    assertEquals(List.of(), found);
  }
}
