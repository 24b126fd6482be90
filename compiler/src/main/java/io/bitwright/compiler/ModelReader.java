package io.bitwright.compiler;

import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import java.nio.file.Path;

/** Finds the importer for a model file by its name. */
final class ModelReader {
  private ModelReader() {}

  static Graph read(Path model, Diagnostics diagnostics) {
    throw DiagnosticException.of(DiagnosticId.UNKNOWN_FORMAT, SourceLocation.NONE, model, ".tflite");
  }
}
