package io.bitwright.frontend.onnx;

import io.bitwright.frontend.file.NetworkFile;
import io.bitwright.frontend.onnx.operator.OperatorTable;
import io.bitwright.frontend.onnx.operator.SupportedOperator;
import io.bitwright.frontend.onnx.proto.ExternalData;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.proto.MalformedMessageException;
import io.bitwright.frontend.onnx.proto.ModelMessage;
import io.bitwright.frontend.onnx.proto.TooLargeException;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.op.Rounding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads ONNX files.
 *
 * <p>Nodes carry the name of their tensor, and as origin the place of their operator in the file. Whatever the file's
 * bytes are, the result is a graph or a {@link DiagnosticException} with all that is wrong with it.
 */
public final class OnnxImporter {
  /** The newest operator set that is taken. */
  public static final int NEWEST_OPSET = OperatorTable.NEWEST_OPSET;

  private static final long OLDEST_IR = 3;

  private OnnxImporter() {}

  /**
   * Reads a file.
   *
   * @param shapes  of inputs that the file leaves open, by name; under the empty name that of the only input
   * @throws DiagnosticException if it cannot be read or is no network that can be compiled
   */
  public static Graph load(Path path, Map<String, List<Integer>> shapes) {
    return load(path, shapes, Rounding.TIES_EVEN);
  }

  /** Reads a file; quantised operators round as given, not as the format means. */
  public static Graph load(Path path, Map<String, List<Integer>> shapes, Rounding rounding) {
    Path folder = path.toAbsolutePath().getParent();
    return parse(NetworkFile.read(path, Limits.FILE_BYTES), path.toString(), new ExternalData(Optional.of(folder)),
        new ImportOptions(shapes, Map.of(), rounding));
  }

  /**
   * Reads the contents of a file.
   *
   * @param bytes  not changed later
   * @param fileName  for locations; the graph is named after its last part without extension
   */
  static Graph parse(byte[] bytes, String fileName, ExternalData external, ImportOptions options) {
    Diagnostics found = new Diagnostics();
    SourceLocation whole = SourceLocation.ofNode(fileName, "");
    try {
      ModelMessage model = ModelMessage.read(bytes);
      if (model.graph().isEmpty() || model.opsets().isEmpty()) {
        throw DiagnosticException.of(DiagnosticId.NOT_ONNX, whole,
            model.graph().isEmpty() ? "it has no graph" : "it names no operator set");
      }
      if (model.irVersion() < OLDEST_IR) {
        throw DiagnosticException.of(
            DiagnosticId.UNSUPPORTED_VERSION, whole, model.irVersion(), "IR version 3 or later");
      }
      return new GraphImport(model, fileName, external, options, found).run(NetworkFile.graphName(fileName));
    } catch (MalformedMessageException e) {
      found.report(DiagnosticId.NOT_ONNX, whole, e.getMessage());
    } catch (TooLargeException e) {
      found.report(DiagnosticId.TOO_LARGE, whole, e.what(), e.found(), e.limit());
    } catch (DiagnosticException e) {
      found.addAll(e.diagnostics());
    }
    throw new DiagnosticException(found.all());
  }

  /** The operators that can be imported. */
  public static List<SupportedOperator> operators() {
    return OperatorTable.operators();
  }
}
