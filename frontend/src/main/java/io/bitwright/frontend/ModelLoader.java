package io.bitwright.frontend;

import io.bitwright.frontend.language.Description;
import io.bitwright.frontend.language.Zoo;
import io.bitwright.frontend.language.build.GraphBuilder;
import io.bitwright.frontend.language.build.SeededWeights;
import io.bitwright.frontend.language.build.StoredWeights;
import io.bitwright.frontend.language.build.Weights;
import io.bitwright.frontend.language.layer.NetworkModel;
import io.bitwright.frontend.onnx.OnnxImporter;
import io.bitwright.frontend.tflite.TfliteImporter;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.NearestNames;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.op.Rounding;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reads a network: a file with the importer that its extension names, or one of the zoo. */
public final class ModelLoader {
  /** Begins the name of a network of the zoo. */
  public static final String ZOO = "zoo:";
  private static final String EXTENSIONS = ".tflite, .onnx, .bw, zoo:NAME";

  private ModelLoader() {}

  /** Whether a model is a network description, which takes settings. */
  public static boolean isDescription(Path model) {
    String name = model.toString();
    return name.startsWith(ZOO) || name.toLowerCase(Locale.ROOT).endsWith(".bw");
  }

  /** Whether a model is a description without weights of its own, which takes them from a seed. */
  public static boolean isSeeded(Path model) {
    return isDescription(model) && weightsFile(model).isEmpty();
  }

  /** Whether a model is an ONNX file, whose inputs' shapes may be given. */
  public static boolean isOnnx(Path model) {
    return !isDescription(model) && model.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  /** Reads a model with default settings. */
  public static Graph load(Path path) {
    return load(path, ModelSettings.DEFAULT);
  }

  /**
   * Reads a model.
   *
   * @param path  a file, or {@code zoo:NAME}
   * @param settings  for descriptions and ONNX files
   * @throws DiagnosticException if its type is not known or its importer refuses it
   */
  public static Graph load(Path path, ModelSettings settings) {
    return load(path, settings, new Diagnostics());
  }

  /** Reads a model; {@code notes} takes what there is to say about one that is read. */
  public static Graph load(Path path, ModelSettings settings, Diagnostics notes) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (isDescription(path)) {
      NetworkModel network = description(path).build(settings.parameters());
      Weights weights = weightsFile(path).<Weights>map(StoredWeights::read)
          .orElseGet(() -> new SeededWeights(settings.seed()));
      return GraphBuilder.build(network, weights);
    }
    if (name.endsWith(".tflite")) {
      return TfliteImporter.load(path, notes);
    }
    if (name.endsWith(".onnx")) {
      return OnnxImporter.load(path, settings.shapes(), settings.rounding().orElse(Rounding.TIES_EVEN));
    }
    throw DiagnosticException.of(DiagnosticId.UNKNOWN_FORMAT, SourceLocation.NONE, path, EXTENSIONS);
  }

  /** The file with the weights of a description; empty where they are made of a seed. */
  public static Optional<Path> weightsFile(Path description) {
    return description.toString().startsWith(ZOO) ? Optional.empty() : StoredWeights.beside(description);
  }

  private static Description description(Path path) {
    String text = path.toString();
    return text.startsWith(ZOO) ? zoo(text.substring(ZOO.length())) : Description.load(path);
  }

  private static Description zoo(String name) {
    if (!Zoo.names().contains(name)) {
      throw DiagnosticException.of(DiagnosticId.UNKNOWN_NAME, SourceLocation.NONE, "network of the zoo", name,
          NearestNames.nearest(name, Zoo.names()));
    }
    return Description.zoo(name);
  }
}
