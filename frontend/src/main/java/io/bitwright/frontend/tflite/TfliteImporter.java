package io.bitwright.frontend.tflite;

import io.bitwright.frontend.file.NetworkFile;
import io.bitwright.frontend.flatbuffer.MalformedBufferException;
import io.bitwright.frontend.tflite.operator.OperatorTable;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.schema.TfliteFile;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import java.nio.file.Path;
import java.util.SortedSet;

/**
 * Reads TensorFlow Lite files.
 *
 * <p>Nodes carry the name of their tensor, and as origin the place of their operator in the file's execution order.
 * Whatever the file's bytes are, the result is a graph or a {@link DiagnosticException} with all that is wrong with
 * it, and memory stays within a small multiple of the file's size.
 */
public final class TfliteImporter {
  private TfliteImporter() {}

  /**
   * Reads a file.
   *
   * @param notes  takes what there is to say about a file that is read
   * @throws DiagnosticException if it cannot be read or is no network that can be compiled
   */
  public static Graph load(Path path, Diagnostics notes) {
    return parse(NetworkFile.read(path, Limits.FILE_BYTES), path.toString(), notes);
  }

  /**
   * Reads the contents of a file.
   *
   * @param bytes  not kept
   * @param fileName  for locations; the graph is named after its last part without extension
   * @throws DiagnosticException if they are no network that can be compiled
   */
  public static Graph parse(byte[] bytes, String fileName) {
    return parse(bytes, fileName, new Diagnostics());
  }

  /** Reads the contents of a file; {@code notes} takes what there is to say about them where they are read. */
  public static Graph parse(byte[] bytes, String fileName, Diagnostics notes) {
    Diagnostics found = new Diagnostics();
    try {
      TfliteFile file = TfliteFile.open(bytes, fileName);
      Graph graph = new SubgraphImport(file, found).run(NetworkFile.graphName(fileName));
      notes.addAll(found.all());
      return graph;
    } catch (MalformedBufferException e) {
      found.report(DiagnosticId.MALFORMED_FILE, SourceLocation.ofNode(fileName, ""), e.getMessage());
    } catch (DiagnosticException e) {
      found.addAll(e.diagnostics());
    }
    throw new DiagnosticException(found.all());
  }

  /** Names of the operators that can be imported, as in the schema. */
  public static SortedSet<String> operators() {
    return OperatorTable.names();
  }
}
