package io.bitwright.frontend;

import io.bitwright.frontend.tflite.export.Metadata;
import io.bitwright.frontend.tflite.export.TfliteForm;
import io.bitwright.frontend.tflite.export.TfliteWriter;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Graph;
import java.util.List;
import java.util.Map;

/** Networks as TensorFlow Lite files. */
public final class TfliteExport {
  private TfliteExport() {}

  /** An f32 graph with what TFLite has no operators for written out; to be called before quantisation. */
  public static Graph form(Graph graph) {
    return TfliteForm.rewrite(graph);
  }

  /** The same without fully connected operators, whose int8 weights have scales that TFLite up to 2.14 misreads. */
  public static Graph formForEveryRuntime(Graph graph) {
    return TfliteForm.rewriteForEveryRuntime(graph);
  }

  /** Everything that keeps a graph from being written, by node. */
  public static List<Diagnostic> obstacles(Graph graph) {
    return TfliteWriter.obstacles(graph);
  }

  /**
   * The bytes of a file; the same for the same graph and texts.
   *
   * @param description  a sentence for those who look into the file
   * @param metadata  texts by name
   * @throws DiagnosticException with everything that keeps the graph from being written
   */
  public static byte[] bytes(Graph graph, String description, Map<String, String> metadata) {
    return TfliteWriter.write(graph, Metadata.of(description, metadata));
  }
}
