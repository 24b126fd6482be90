package io.bitwright.frontend.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Mistakes in descriptions, each with the one diagnostic that it must give: sections of {@code mistakes.txt}, headed by
 * {@code ==== diagnostic}. {@code -Dgolden=update} rewrites the heads.
 */
class MistakesTest {
  private static final String HEAD = "==== ";

  private record Mistake(String expected, String text) {
    String actual() {
      DiagnosticException found = assertThrows(DiagnosticException.class,
          () -> Description.parse("mistake.bw", text).build(Map.of()), "no mistake found in:\n" + text);
      List<Diagnostic> all = found.diagnostics();
      assertEquals(1, all.size(), "one mistake, one diagnostic");
      assertTrue(all.get(0).location().line() > 0, "no place: " + all.get(0).render());
      return all.get(0).render();
    }
  }

  private static Path file() {
    return TestData.inRepository("frontend/src/test/resources/language/mistakes.txt").orElseThrow();
  }

  private static List<Mistake> mistakes() throws IOException {
    List<Mistake> all = new ArrayList<>();
    for (String section : Files.readString(file()).split("(?m)^" + HEAD)) {
      if (!section.isEmpty()) {
        int end = section.indexOf('\n');
        all.add(new Mistake(section.substring(0, end).strip(), section.substring(end + 1)));
      }
    }
    return all;
  }

  @Test
  void eachMistakeGivesOneLocatedDiagnostic() throws IOException {
    StringBuilder actual = new StringBuilder();
    for (Mistake mistake : mistakes()) {
      actual.append(HEAD).append(mistake.actual()).append('\n').append(mistake.text());
    }
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(file(), actual);
    }
    assertEquals(Files.readString(file()), actual.toString());
  }

  @Test
  void thereAreManyDistinctOnes() throws IOException {
    long distinct = mistakes().stream().map(m -> m.expected().replaceAll("^[^ ]* ", "")).distinct().count();
    assertTrue(distinct >= 100, distinct + " distinct mistakes");
  }

  @Test
  void parametersOnTheCommandLineAreChecked() {
    Description description = Description.zoo("mobilenet_v2");
    assertEquals("zoo:mobilenet_v2.bw:4:9: error: network 'mobilenet_v2' has no parameter 'aplha'"
        + " (known: alpha, classes, resolution) [BW0717]", refusal(description, "aplha", "1"));
    assertEquals("zoo:mobilenet_v2.bw:4:9: error: parameter 'alpha' is set to half (must be real) [BW0705]",
        refusal(description, "alpha", "half"));
    assertEquals("zoo:mobilenet_v2.bw:4:9: error: parameter 'resolution' is set to 224.5 (must be int) [BW0705]",
        refusal(description, "resolution", "224.5"));
    assertEquals("zoo:mobilenet_v2.bw:5:3: error: alpha must be above 0 [BW0716]", refusal(description, "alpha", "-1"));
  }

  private static String refusal(Description description, String name, String value) {
    return assertThrows(DiagnosticException.class, () -> description.build(Map.of(name, value))).getMessage();
  }
}
