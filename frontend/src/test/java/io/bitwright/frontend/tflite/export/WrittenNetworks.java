package io.bitwright.frontend.tflite.export;

import static java.util.Map.entry;

import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.frontend.onnx.OnnxImporter;
import io.bitwright.frontend.quantise.ActivationWidth;
import io.bitwright.frontend.quantise.QuantizationSettings;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.text.GraphParser;
import io.bitwright.ir.op.Rounding;
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
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Graphs to write: one-operator ones, the reference files, quantised networks of the zoo. */
final class WrittenNetworks {
  private static final int FRAMES = 4;

  /** Small enough to be fast, apart from what normalises local responses, which has no form in int8. */
  private static final Map<String, String> ZOO = new TreeMap<>(Map.ofEntries(
      entry("mobilenet_v1", "alpha=0.25 resolution=32"),
      entry("mobilenet_v2", "alpha=0.35 resolution=32"),
      entry("mobilenet_v3_large", "alpha=0.35 resolution=32 last=64"),
      entry("mobilenet_v3_small", "alpha=0.35 resolution=32 last=64"),
      entry("inception_v2", "resolution=64"),
      entry("inception_v3", "resolution=75"),
      entry("squeezenet1_0", "resolution=32"),
      entry("squeezenet1_1", "resolution=32"),
      entry("shufflenet_v1", "alpha=0.5 resolution=32"),
      entry("shufflenet_v2", "alpha=0.5 resolution=64"),
      entry("efficientnet_b0", "alpha=0.25 resolution=32"),
      entry("efficientnet_lite0", "alpha=0.25 resolution=32"),
      entry("mnasnet_a1", "alpha=0.25 resolution=32"),
      entry("mnasnet_b1", "alpha=0.25 resolution=32"),
      entry("mnasnet_small", "alpha=0.5 resolution=32"),
      entry("nasnet_a_mobile", "filters=8 cells=1 resolution=32"),
      entry("densenet121", "growth=8 resolution=32")));

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

  /** The random graphs of some seeds that can be written. */
  static Map<String, Graph> random(int seeds) {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    for (int seed = 1; seed <= seeds; seed++) {
      Graph graph = RandomGraphs.graph(seed);
      if (TfliteWriter.obstacles(graph).isEmpty()) {
        graphs.put("random_" + seed, graph);
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

  /** Names of the networks of the zoo that can be written in int8. */
  static Set<String> zooNames() {
    return ZOO.keySet();
  }

  /** Networks of the zoo, quantised. */
  static Map<String, Graph> zoo(Set<String> names) {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    names.forEach(n -> graphs.put(n, quantised(real(n))));
    return graphs;
  }

  /** Networks of the zoo, quantised in the form that every runtime takes. */
  static Map<String, Graph> zooForEveryRuntime(Set<String> names) {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    names.forEach(n -> graphs.put(n, quantisedForEveryRuntime(real(n))));
    return graphs;
  }

  /** Networks of the zoo with activations of 16 bits. */
  static Map<String, Graph> wideZoo(Set<String> names) {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    names.forEach(n -> {
      Graph prepared = TfliteForm.rewriteForEveryRuntime(prepared(real(n)));
      Quantizer quantizer =
          new Quantizer(QuantizationSettings.PLAIN.with(ActivationWidth.INT16), 2, Progress.NONE);
      graphs.put(n + "_i16", quantizer.run(prepared, frames(prepared)).codes());
    });
    return graphs;
  }

  /** A network of the zoo in f32. */
  static Graph real(String name) {
    Map<String, String> parameters = new TreeMap<>(Map.of("classes", "10"));
    for (String setting : ZOO.get(name).split(" ")) {
      parameters.put(setting.split("=")[0], setting.split("=")[1]);
    }
    return ModelLoader.load(Path.of(ModelLoader.ZOO + name), new ModelSettings(parameters, 1));
  }

  /** Networks of ONNX files, two of them quantised in their files; none without the reference data. */
  static Map<String, Graph> onnx() {
    Map<String, Graph> graphs = new LinkedHashMap<>();
    for (String name : List.of("mobilenet_v1_0.25_128_qdq", "vww_96_qdq")) {
      TestData.find("models/onnx_qdq/" + name + ".onnx")
          .ifPresent(p -> graphs.put(name, OnnxImporter.load(p, Map.of(), Rounding.TFLITE)));
    }
    for (String name : List.of("ppocr_cls_mobilenetv3", "ultraface_rfb320")) {
      Map<String, List<Integer>> shapes = name.startsWith("ppocr") ? Map.of("x", List.of(1, 3, 48, 192)) : Map.of();
      TestData.find("models/onnx/" + name + ".onnx").ifPresent(p -> {
        Graph real = OnnxImporter.load(p, shapes, Rounding.TFLITE);
        graphs.put(name, quantised(real));
        graphs.put(name + "_float", prepared(real));
      });
    }
    return graphs;
  }

  private static Graph prepared(Graph real) {
    return TfliteForm.rewrite(Quantizer.prepare(real, Set.of(), Pipeline.Observer.NONE));
  }

  /** An f32 graph quantised in the form that TFLite has operators for. */
  static Graph quantised(Graph real) {
    return quantisedAsIs(prepared(real));
  }

  /** An f32 graph quantised in the form that every runtime takes. */
  static Graph quantisedForEveryRuntime(Graph real) {
    return quantisedAsIs(TfliteForm.rewriteForEveryRuntime(prepared(real)));
  }

  private static Graph quantisedAsIs(Graph prepared) {
    Quantizer quantizer = new Quantizer();
    return quantizer.quantize(prepared, quantizer.observe(prepared, frames(prepared)));
  }

  private static List<List<byte[]>> frames(Graph prepared) {
    return LongStream.range(0, FRAMES).mapToObj(f -> RandomGraphs.inputs(prepared, 100 + f)).toList();
  }
}
