package io.bitwright.frontend.tflite.schema;

import io.bitwright.ir.type.ElementType;
import java.util.List;
import java.util.Optional;

/** The schema's enumeration of element types: names by number, and the ones there is an {@link ElementType} for. */
public final class ElementCodes {
  private static final List<String> NAMES = List.of(
      "float32", "float16", "int32", "uint8", "int64", "string", "bool", "int16", "complex64", "int8", "float64",
      "complex128", "uint64", "resource", "variant", "uint32", "uint16", "int4", "bfloat16");

  private ElementCodes() {}

  /** The name by which TensorFlow users know the type. */
  public static String name(int code) {
    return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "number " + code;
  }

  public static String name(ElementType element) {
    return switch (element) {
      case F32 -> "float32";
      case I8 -> "int8";
      case U8 -> "uint8";
      case I16 -> "int16";
      case I32 -> "int32";
      case I64 -> "int64";
    };
  }

  /** The number of a type. */
  public static int number(ElementType element) {
    return NAMES.indexOf(name(element));
  }

  /** The type; empty for those that no supported operator takes. */
  public static Optional<ElementType> element(int code) {
    return switch (name(code)) {
      case "float32" -> Optional.of(ElementType.F32);
      case "int8" -> Optional.of(ElementType.I8);
      case "uint8" -> Optional.of(ElementType.U8);
      case "int16" -> Optional.of(ElementType.I16);
      case "int32" -> Optional.of(ElementType.I32);
      case "int64" -> Optional.of(ElementType.I64);
      default -> Optional.empty();
    };
  }
}
