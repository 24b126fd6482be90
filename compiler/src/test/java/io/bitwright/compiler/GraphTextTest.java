package io.bitwright.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphEquality;
import io.bitwright.ir.graph.GraphPrinter;
import io.bitwright.ir.passes.StandardPipeline;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** {@code parse(print(g)) = g} for trained networks, as imported and as optimised. */
class GraphTextTest {
  private static final List<String> REFUSED = List.of("kws_dscnn_float.tflite");

  @Test
  void theDigitsNetworkComesBack() {
    comesBack(TestData.inRepository("examples/digits/digits_int8.tflite").orElseThrow());
    comesBack(TestData.inRepository("examples/digits/digits_float.tflite").orElseThrow());
  }

  @Test
  void everyReferenceNetworkComesBack() throws IOException {
    Path folder = TestData.find("models/tflite").orElse(null);
    Assumptions.assumeTrue(folder != null, "no reference data");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> models = files.filter(f -> !REFUSED.contains(f.getFileName().toString())).sorted().toList();
      assertEquals(10, models.size());
      models.forEach(GraphTextTest::comesBack);
    }
  }

  private static void comesBack(Path file) {
    Graph imported = ModelLoader.load(file);
    Graph optimised = StandardPipeline.create().run(imported);
    for (Graph graph : List.of(imported, optimised)) {
      assertTrue(GraphEquality.equal(graph, GraphPrinter.print(graph).parse()), file.getFileName().toString());
    }
  }
}
