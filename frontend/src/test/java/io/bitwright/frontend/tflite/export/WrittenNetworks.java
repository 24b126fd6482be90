package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.rewrite.Pipeline;
import io.bitwright.testkit.RandomGraphs;
import io.bitwright.testkit.TestData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Graphs to write: one-operator ones, the reference files, quantised networks of the zoo. */
final class WrittenNetworks {
  private static final int FRAMES = 4;

  private WrittenNetworks() {}

  /** The graphs of tflite-export/one-operator.graphs, by name. */
  static Map<String, Graph> oneOperator() throws IOException {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    try (InputStream in = WrittenNetworks.class.getResourceAsStream("/tflite-export/one-operator.graphs")) {
      for (String text : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^(?=graph @)")) {
        Graph graph = GraphParser.parse(text);
        graphs.put(graph.name(), graph);
      }
    }
    return graphs;
  }

  /** The reference files that can be read, and the repository's example; without the reference data the latter only. */
  static Map<String, Graph> files() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String folder : List.of("models/tflite", "examples/digits")) {
      Path found = TestData.find(folder).or(() -> TestData.inRepository(folder)).orElse(null);
      if (found != null) {
        try (Stream<Path> files = Files.list(found)) {
          files.filter(f -> f.toString().endsWith(".tflite")).sorted().forEach(paths::add);
        }
      }
    }
    Map<String, Graph> graphs = new TreeMap<>();
    for (Path path : paths) {
      if (!path.endsWith("kws_dscnn_float.tflite")) { // has int8 weights beside float activations
        Graph graph = ModelLoader.load(path);
        graphs.put(graph.name(), graph);
      }
    }
    return graphs;
  }

  /**
   * A network of the zoo in f32.
   *
   * @param settings  {@code name=value ...}
   */
  static Graph real(String name, String settings) {
    Map<String, String> parameters = new TreeMap<>(Map.of("classes", "10"));
    for (String setting : settings.split(" ")) {
      parameters.put(setting.split("=")[0], setting.split("=")[1]);
    }
    return ModelLoader.load(Path.of(ModelLoader.ZOO + name), new ModelSettings(parameters, 1));
  }

  /** An f32 graph quantised in the form that TFLite has operators for. */
  static Graph quantised(Graph real) {
    Graph prepared = TfliteForm.rewrite(Quantizer.prepare(real, Set.of(), Pipeline.Observer.NONE));
    List<List<byte[]>> frames = new ArrayList<>();
    for (int f = 0; f < FRAMES; f++) {
      frames.add(RandomGraphs.inputs(prepared, 100 + f));
    }
    Quantizer quantizer = new Quantizer();
    return quantizer.quantize(prepared, quantizer.observe(prepared, frames));
  }
}
