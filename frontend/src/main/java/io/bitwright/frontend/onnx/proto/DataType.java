package io.bitwright.frontend.onnx.proto;

import io.bitwright.ir.type.ElementType;
import java.util.Locale;
import java.util.Optional;

/** TensorProto.DataType. Types without an element type here are known by name only. */
public enum DataType {
  UNDEFINED(null, 0),
  FLOAT(ElementType.F32, 4),
  UINT8(ElementType.U8, 1),
  INT8(ElementType.I8, 1),
  UINT16(ElementType.I32, 2),
  INT16(ElementType.I16, 2),
  INT32(ElementType.I32, 4),
  INT64(ElementType.I64, 8),
  STRING(null, 0),
  BOOL(ElementType.U8, 1),
  FLOAT16(ElementType.F32, 2),
  DOUBLE(ElementType.F32, 8),
  UINT32(ElementType.I64, 4),
  UINT64(ElementType.I64, 8),
  COMPLEX64(null, 0),
  COMPLEX128(null, 0),
  BFLOAT16(ElementType.F32, 2);

  private final ElementType element;
  private final int fileBytes;

  DataType(ElementType element, int fileBytes) {
    this.element = element;
    this.fileBytes = fileBytes;
  }

  /** The type of a number; empty for numbers that no version of the format had when this was written. */
  static Optional<DataType> of(int number) {
    return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
  }

  /** The element type that holds it at import: f32 for all reals, wide enough for all integers but the upper uint64. */
  public Optional<ElementType> element() {
    return Optional.ofNullable(element);
  }

  /** Bytes of an element in raw data. */
  int fileBytes() {
    return fileBytes;
  }

  public boolean isReal() {
    return element == ElementType.F32;
  }

  /** As people write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
