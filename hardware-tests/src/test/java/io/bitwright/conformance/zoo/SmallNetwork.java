package io.bitwright.conformance.zoo;

import io.bitwright.compiler.QuantizationRequest;
import io.bitwright.compiler.data.ModelTensor;
import io.bitwright.compiler.SeededInputs;
import io.bitwright.frontend.ModelLoader;
import io.bitwright.frontend.ModelSettings;
import io.bitwright.frontend.quantise.ActivationWidth;
import io.bitwright.frontend.quantise.QuantizationSettings;
import io.bitwright.frontend.quantise.Quantizer;
import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.rewrite.Pipeline;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A network of the zoo, as small as its structure allows, so that its C compiles fast. */
record SmallNetwork(String name, Map<String, String> settings) {
  private static final Set<String> THINNED =
      Set.of("googlenet", "inception_v2", "inception_v3", "squeezenet1_0", "squeezenet1_1");
  private static final Map<String, Graph> QUANTISED = new ConcurrentHashMap<>();
  private static final Map<String, Graph> WIDE = new ConcurrentHashMap<>();
  private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

  static {
    SETTINGS.put("mobilenet_v1", "alpha=0.25 resolution=32");
    SETTINGS.put("mobilenet_v2", "alpha=0.35 resolution=32");
    SETTINGS.put("mobilenet_v3_large", "alpha=0.35 resolution=32 last=64");
    SETTINGS.put("mobilenet_v3_small", "alpha=0.35 resolution=32 last=64");
    SETTINGS.put("googlenet", "resolution=64");
    SETTINGS.put("inception_v2", "resolution=64");
    SETTINGS.put("inception_v3", "resolution=75");
    SETTINGS.put("squeezenet1_0", "resolution=32");
    SETTINGS.put("squeezenet1_1", "resolution=32");
    SETTINGS.put("shufflenet_v1", "alpha=0.5 resolution=32");
    SETTINGS.put("shufflenet_v2", "alpha=0.5 resolution=64");
    SETTINGS.put("efficientnet_b0", "alpha=0.25 resolution=32");
    SETTINGS.put("efficientnet_lite0", "alpha=0.25 resolution=32");
    SETTINGS.put("mnasnet_a1", "alpha=0.25 resolution=32");
    SETTINGS.put("mnasnet_b1", "alpha=0.25 resolution=32");
    SETTINGS.put("mnasnet_small", "alpha=0.5 resolution=32");
    SETTINGS.put("nasnet_a_mobile", "filters=8 cells=1 resolution=32");
    SETTINGS.put("densenet121", "growth=8 resolution=32");
  }

  static List<String> names() {
    return List.copyOf(SETTINGS.keySet());
  }

  static SmallNetwork of(String name) {
    Map<String, String> settings = new TreeMap<>(Map.of("classes", "10"));
    for (String setting : SETTINGS.get(name).split(" ")) {
      settings.put(setting.split("=")[0], setting.split("=")[1]);
    }
    return new SmallNetwork(name, settings);
  }

  /** As described, in f32. */
  Graph real() {
    Graph graph = ModelLoader.load(Path.of(ModelLoader.ZOO + name), new ModelSettings(settings, 1));
    return THINNED.contains(name) ? Thinned.of(graph) : graph;
  }

  /** In int8, from the inputs that the compiler generates, before any further pass. */
  Graph quantised() {
    return QUANTISED.computeIfAbsent(name, n -> quantise(QuantizationSettings.PLAIN));
  }

  /** With activations in int16, from the same inputs. */
  Graph wide() {
    return WIDE.computeIfAbsent(name, n -> quantise(QuantizationSettings.PLAIN.with(ActivationWidth.INT16)));
  }

  private Graph quantise(QuantizationSettings settings) {
    Graph prepared = Quantizer.prepare(real(), Set.of(), Pipeline.Observer.NONE);
    return new Quantizer(settings, Runtime.getRuntime().availableProcessors(), Progress.NONE).run(prepared,
        QuantizationRequest.GENERATED.inputs().frames(
            prepared.inputs().stream().map(Node::type).map(ModelTensor::of).toList())).codes();
  }

  /** Inputs that quantisation has not seen. */
  static List<byte[]> frame(Graph graph, long seed) {
    return SeededInputs.frame(graph.inputs().stream().map(Node::type).toList(), seed);
  }
}
