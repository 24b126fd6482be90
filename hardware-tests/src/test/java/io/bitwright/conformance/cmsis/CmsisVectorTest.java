package io.bitwright.conformance.cmsis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bitwright.conformance.Interpretation;
import io.bitwright.ir.op.Rounding;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CMSIS-NN's own vectors, each as a program, on the interpreter. */
class CmsisVectorTest {
  static List<String> taken() {
    return CmsisVectors.taken();
  }

  @ParameterizedTest
  @MethodSource("taken")
  void interpreterGivesTheVectorsBytes(String name) throws IOException {
    assumeTrue(TestData.root().isPresent(), "no reference data");
    assertEquals(List.of(), Interpretation.differences(CmsisVectors.load(name, Rounding.TFLITE)));
  }

  @Test
  void everyVectorIsTakenOrNamed() throws IOException {
    SortedSet<String> named = Arrays.stream(Family.values()).flatMap(f -> f.names().stream())
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(CmsisVectors.names(), named);
    assertEquals(named.size(), Arrays.stream(Family.values()).mapToInt(f -> f.names().size()).sum(), "named twice");
  }
}
