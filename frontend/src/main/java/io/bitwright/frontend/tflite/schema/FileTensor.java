package io.bitwright.frontend.tflite.schema;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as the file declares it: static shape, element type and, where it is a constant, its bytes, which are as
 * many as the shape needs. What its quantisation means depends on the operand it is used as.
 *
 * @param name  untrusted text
 * @param quantization  as in the file
 * @param data  empty for tensors computed at run time
 */
public record FileTensor(
    String name,
    SourceLocation location,
    Shape shape,
    ElementType element,
    FileQuantization quantization,
    FlatVector data) {
  /**
   * Reads one.
   *
   * @throws DiagnosticException if no operator can take a tensor like this
   */
  public static FileTensor read(TfliteFile file, FlatTable table, String name) {
    return read(file, table, name, element(table, SourceLocation.ofNode(file.fileName(), name)));
  }

  /** Reads a float16 one as the bits of its elements. */
  public static FileTensor readHalf(TfliteFile file, FlatTable table, String name) {
    requireDense(table, SourceLocation.ofNode(file.fileName(), name));
    return read(file, table, name, ElementType.I16);
  }

  /** Whether a tensor is float16, which only constants that are dequantised may be. */
  public static boolean isHalf(FlatTable table) {
    return ElementCodes.name(table.i8(Slots.TENSOR_TYPE, 0)).equals("float16");
  }

  private static FileTensor read(TfliteFile file, FlatTable table, String name, ElementType element) {
    SourceLocation place = SourceLocation.ofNode(file.fileName(), name);
    Shape shape = shape(table.vector(Slots.TENSOR_SHAPE, 4), element, place);
    FlatVector data = data(file, table, place);
    long wanted = (long) shape.elements() * element.sizeBytes();
    if (data.count() != 0 && data.count() != wanted) {
      throw DiagnosticException.of(DiagnosticId.BAD_SHAPE, place, "a constant of shape " + bracketed(shape) + " takes "
          + wanted + " bytes, its buffer has " + data.count());
    }
    FileQuantization quantization = FileQuantization.read(table.table(Slots.TENSOR_QUANTIZATION));
    return new FileTensor(name, place, shape, element, quantization, data);
  }

  /** A tensor's name, empty where it has none. */
  public static String name(FlatTable table) {
    return table.text(Slots.TENSOR_NAME);
  }

  /** A tensor's contents; none where it is computed at run time. */
  public static FlatVector data(TfliteFile file, FlatTable table, SourceLocation place) {
    return file.data(table.u32(Slots.TENSOR_BUFFER, 0), place);
  }

  private static ElementType element(FlatTable table, SourceLocation place) {
    int code = table.i8(Slots.TENSOR_TYPE, 0);
    String accepted = "float32, int8, uint8, int16, int32 or int64";
    ElementType element = ElementCodes.element(code)
        .orElseThrow(() -> DiagnosticException.of(
            DiagnosticId.UNSUPPORTED_TYPE, place, place.node(), ElementCodes.name(code), accepted));
    requireDense(table, place);
    return element;
  }

  private static void requireDense(FlatTable table, SourceLocation place) {
    String kind = table.flag(Slots.TENSOR_IS_VARIABLE) ? "variable "
        : table.has(Slots.TENSOR_SPARSITY) ? "sparse " : "";
    if (!kind.isEmpty()) {
      throw DiagnosticException.of(DiagnosticId.UNSUPPORTED_TYPE, place, place.node(),
          kind + ElementCodes.name(table.i8(Slots.TENSOR_TYPE, 0)), "a dense tensor that is no variable");
    }
  }

  private static Shape shape(FlatVector dims, ElementType element, SourceLocation place) {
    if (dims.count() > Limits.RANK) {
      throw DiagnosticException.of(
          DiagnosticId.TOO_LARGE, place, "the rank of tensor '" + place.node() + "'", dims.count(), Limits.RANK);
    }
    List<Integer> sizes = Arrays.stream(dims.ints()).boxed().toList();
    if (sizes.stream().anyMatch(d -> d < 1)) {
      throw DiagnosticException.of(DiagnosticId.DYNAMIC_SHAPE, place, place.node(), sizes);
    }
    long bytes = element.sizeBytes();
    for (int size : sizes) {
      bytes = Math.min(bytes, Limits.TENSOR_BYTES + 1) * size;
    }
    if (bytes > Limits.TENSOR_BYTES) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, place,
          "tensor '" + place.node() + "'", sizes + " " + ElementCodes.name(element), Limits.TENSOR_BYTES + " bytes");
    }
    return new Shape(sizes);
  }

  /** {@code [1, 49, 10, 1]}, as TensorFlow prints shapes. */
  public static String bracketed(Shape shape) {
    return shape.dims().toString();
  }
}
