package io.bitwright.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bitwright.frontend.ModelLoader;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphEquality;
import io.bitwright.ir.graph.text.GraphPrinter;
import io.bitwright.ir.graph.text.GraphText;
import io.bitwright.ir.passes.StandardPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trained networks as graph text: reading gives what was written, and a second run of the passes changes nothing. */
class GraphTextTest {
  static Stream<String> all() {
    return Stream.concat(GoldenModel.INTEGER.stream(), GoldenModel.REAL.stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void parsingWhatWasPrintedGivesTheGraphBack(String name, @TempDir Path folder) throws IOException {
    Graph imported = ModelLoader.load(GoldenModel.read(name).file());
    Graph optimized = StandardPipeline.create().run(imported);
    Path file = folder.resolve("network.graph");
    for (Graph graph : new Graph[] {imported, optimized}) {
      GraphPrinter.print(graph).write(file);
      assertEquals(Optional.empty(), GraphEquality.difference(graph, GraphText.read(file).parse()));
    }
    assertSame(optimized, StandardPipeline.create().run(optimized));
  }
}
