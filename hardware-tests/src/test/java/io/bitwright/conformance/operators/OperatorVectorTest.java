package io.bitwright.conformance.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.conformance.Case;
import io.bitwright.conformance.Interpretation;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single operators against TFLite's reference kernels, on the interpreter. */
class OperatorVectorTest {
  static List<OperatorIndex.Entry> entries() {
    return OperatorIndex.entries();
  }

  static List<String> folders() {
    return OperatorIndex.folders();
  }

  @Test
  void namesAreUnique() {
    List<String> names = entries().stream().map(OperatorIndex.Entry::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void everyFileIsListed(String name) throws IOException {
    Path folder = TestData.inRepository("hardware-tests/src/test/resources/" + name).orElseThrow();
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> found = files.map(f -> f.getFileName().toString()).filter(f -> f.matches(".*\\.(tflite|json)"))
          .collect(Collectors.toCollection(TreeSet::new));
      Set<String> listed = OperatorIndex.entries(name).stream()
          .flatMap(e -> Stream.of(e.name() + ".json", e.name() + ".tflite"))
          .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(listed, found);
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void interpreterGivesTheReferenceKernelsOutput(OperatorIndex.Entry entry) {
    OperatorVector vector = OperatorVector.load(entry);
    List<String> found = new ArrayList<>();
    for (Case lowered : List.of(vector.asImported(), vector.optimised())) {
      found.addAll(Interpretation.differences(lowered));
    }
    assertEquals(List.of(), found);
  }
}
