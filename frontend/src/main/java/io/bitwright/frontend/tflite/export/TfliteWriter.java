package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.type.TensorData;
import java.util.List;

/**
 * Writes TensorFlow Lite files: f32 networks and networks quantised to int8 or uint8 with TFLite's rounding.
 *
 * <p>TFLite's reference kernels compute of the file what the interpreter computes of the graph: the same bytes where it
 * is quantised. What no operators of TFLite compute is refused; {@link TfliteForm} rewrites what can be said otherwise,
 * before quantisation. The same graph always gives the same bytes.
 */
public final class TfliteWriter {
  /** Room for all that is no buffer. */
  private static final long TABLES_BYTES = 1L << 24;

  private TfliteWriter() {}

  /** Everything that keeps a graph from being written: one finding a node, in the graph's order. */
  public static List<Diagnostic> obstacles(Graph graph) {
    Diagnostics diagnostics = new Diagnostics();
    GraphExport.of(graph, diagnostics);
    return diagnostics.all();
  }

  /**
   * The bytes of a file.
   *
   * @throws DiagnosticException with everything that keeps the graph from being written
   */
  public static byte[] write(Graph graph, Metadata metadata) {
    return write(graph, metadata, Limits.FILE_BYTES);
  }

  static byte[] write(Graph graph, Metadata metadata, long limitBytes) {
    Diagnostics diagnostics = new Diagnostics();
    GraphExport.Result result = GraphExport.of(graph, diagnostics);
    diagnostics.throwIfErrors();
    long bytes = result.file().buffers().stream().mapToLong(TensorData::sizeBytes).sum();
    if (bytes > limitBytes - Math.min(TABLES_BYTES, limitBytes / 2)) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, SourceLocation.ofNode(graph.name(), ""),
          "a TFLite file of network '" + graph.name() + "'", bytes + " bytes of constants",
          limitBytes + " bytes of file");
    }
    return FileBytes.of(result.file(), metadata, result.inputs(), result.outputs());
  }
}
