package io.bitwright.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphEquality;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.op.OpKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocsGeneratorTest {
  private static final Path DOCS = Path.of("../docs");

  @Test
  void pagesAreUpToDate() throws IOException {
    for (Map.Entry<String, String> page : DocsGenerator.pages().entrySet()) {
      Path file = DOCS.resolve(page.getKey());
      if ("update".equals(System.getProperty("docs"))) {
        Files.writeString(file, page.getValue());
      }
      String found = Files.exists(file) ? Files.readString(file) : "";
      assertEquals(page.getValue(), found, file + " is stale: run with -Ddocs=update");
    }
  }

  /** The attributes that the page names are those that the printer prints. */
  @Test
  void attributesAreThosePrinted() {
    for (long seed = 0; seed < 500; seed++) {
      GraphPrinter.print(RandomGraphs.graph(seed)).text().lines().forEach(DocsGeneratorTest::checkLine);
    }
  }

  private static void checkLine(String line) {
    Matcher matcher = Pattern.compile("%\\d+ = (\\w+)[^\":]*?\\{([^\"]*?)\\} : ").matcher(line);
    if (matcher.find()) {
      OpKind kind = java.util.Arrays.stream(OpKind.values()).filter(k -> k.mnemonic().equals(matcher.group(1)))
          .findFirst().orElseThrow();
      Matcher keys = Pattern.compile("(\\w+)=").matcher(matcher.group(2));
      while (keys.find()) {
        assertTrue(OperatorRules.attributes(kind).contains("`" + keys.group(1) + "`"), line);
      }
    }
  }

  /** The example of docs/ir.md is a valid graph, printed as we print it. */
  @Test
  void theExampleOfTheTextFormIsOne() throws IOException {
    String page = Files.readString(DOCS.resolve("ir.md"));
    Matcher blocks = Pattern.compile("```graph\\n(.*?)```", Pattern.DOTALL).matcher(page);
    int found = 0;
    while (blocks.find()) {
      Graph graph = GraphParser.parse(blocks.group(1));
      GraphVerifier.requireValid(graph);
      assertTrue(GraphEquality.equal(graph, GraphPrinter.print(graph).parse()));
      found++;
    }
    assertEquals(1, found);
  }
}
