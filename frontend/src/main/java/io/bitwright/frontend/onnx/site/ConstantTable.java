package io.bitwright.frontend.onnx.site;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.proto.ExternalData;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.proto.MalformedMessageException;
import io.bitwright.frontend.onnx.proto.TensorContents;
import io.bitwright.frontend.onnx.proto.TensorMessage;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import java.util.List;
import java.util.Optional;

/** Decodes the file's constants, and counts what is computed at import. */
public final class ConstantTable {
  private final ExternalData external;
  private long folded;

  public ConstantTable(ExternalData external) {
    this.external = external;
  }

  /**
   * A tensor's contents.
   *
   * @param name  as the graph calls it
   * @throws DiagnosticException if they are not to be had
   */
  public Array decode(TensorMessage tensor, String name, SourceLocation location) {
    try {
      DataType type = TensorContents.type(tensor.type());
      if (type.element().isEmpty()) {
        throw DiagnosticException.of(
            DiagnosticId.UNSUPPORTED_TYPE, location, name, type.text(), "a type of reals or integers");
      }
      long elements = elements(tensor, name, location);
      List<Integer> dims = tensor.dims().stream().map(Long::intValue).toList();
      Optional<byte[]> contents = Optional.empty();
      if (tensor.isExternal()) {
        contents = Optional.of(external.read(tensor.external(), TensorContents.rawBytes(type, elements)));
      }
      return new Array(name, type, dims, TensorContents.decode(tensor, type, elements, contents));
    } catch (MalformedMessageException e) {
      throw DiagnosticException.of(
          DiagnosticId.MALFORMED_FILE, location, "tensor '" + name + "': " + e.getMessage());
    } catch (ExternalData.RefusedException e) {
      throw DiagnosticException.of(DiagnosticId.EXTERNAL_DATA, location, name, e.getMessage());
    }
  }

  private static long elements(TensorMessage tensor, String name, SourceLocation location) {
    long elements = 1;
    for (long dim : tensor.dims()) {
      if (dim < 0) {
        throw new MalformedMessageException("it has shape " + tensor.dims());
      }
      if (dim > Limits.ELEMENTS || elements * Math.max(1, dim) > Limits.ELEMENTS) {
        throw DiagnosticException.of(DiagnosticId.TOO_LARGE, location, "tensor '" + name + "'",
            "shape " + tensor.dims(), Limits.ELEMENTS + " elements");
      }
      elements *= Math.max(1, dim);
    }
    return tensor.dims().contains(0L) ? 0 : elements;
  }

  /** Notes that a tensor was computed. */
  public Array counted(Array array, SourceLocation location) {
    folded += array.data().elements();
    if (array.data().elements() > Limits.FOLDED_TENSOR || folded > Limits.FOLDED_ELEMENTS) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, location, "what is computed at import",
          folded + " elements", Limits.FOLDED_ELEMENTS);
    }
    return array;
  }
}
