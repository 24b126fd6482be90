package io.bitwright.ir.interp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** f32 operators against the values of ONNX's reference implementation; resources/onnx/make_cases.py transcribed them. */
class OnnxOperatorTest {
  private static final String FOLDER = "testkit/src/test/resources/onnx";

  static Stream<String> cases() throws IOException {
    Path folder = TestData.inRepository(FOLDER).orElseThrow();
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".txt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void interpreterComesNear(String file) throws IOException {
    String[] parts = Files.readString(TestData.inRepository(FOLDER + "/" + file).orElseThrow()).split("----\n");
    float[] actual = GraphRun.of(parts[0], GraphRun.numbers(parts[1]));
    float[] expected = GraphRun.numbers(parts[2]);
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      double allowed = 1e-6 + 1e-6 * Math.abs(expected[i]);
      assertEquals(expected[i], actual[i], allowed, file + " at " + i);
    }
  }

  @Test
  void everyCaseIsThere() throws IOException {
    assertTrue(cases().count() >= 14);
  }
}
