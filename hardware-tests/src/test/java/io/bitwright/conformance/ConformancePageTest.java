package io.bitwright.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps docs/conformance.md fresh; {@code -Dgolden=update} rewrites it. */
class ConformancePageTest {
  @Test
  void pageIsFresh() throws IOException {
    Path page = TestData.inRepository("docs").orElseThrow().resolve("conformance.md");
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(page, ConformancePage.text());
    }
    assertEquals(ConformancePage.text(), Files.readString(page));
  }
}
