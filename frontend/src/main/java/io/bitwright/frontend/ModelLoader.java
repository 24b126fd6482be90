package io.bitwright.frontend;

import io.bitwright.frontend.tflite.TfliteImporter;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a network's file with the importer that its extension names. */
public final class ModelLoader {
  private static final String EXTENSIONS = ".tflite";

  private ModelLoader() {}

  /**
   * Reads a file.
   *
   * @throws DiagnosticException if its type is not known or its importer refuses it
   */
  public static Graph load(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".tflite")) {
      return TfliteImporter.load(path);
    }
    boolean later = name.endsWith(".onnx") || name.endsWith(".bw");
    String shown = later ? path + " (not supported yet)" : path.toString();
    throw DiagnosticException.of(DiagnosticId.UNKNOWN_FORMAT, SourceLocation.NONE, shown, EXTENSIONS);
  }
}
