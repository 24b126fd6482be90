package io.bitwright.compiler.data;

import io.bitwright.ir.type.ElementType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Element types of .npy files that this tool reads. */
public enum NpyType {
  U8("|u1", 1),
  I8("|i1", 1),
  I16("<i2", 2),
  I32("<i4", 4),
  I64("<i8", 8),
  F32("<f4", 4),
  F64("<f8", 8);

  private final String descr;
  private final int sizeBytes;

  NpyType(String descr, int sizeBytes) {
    this.descr = descr;
    this.sizeBytes = sizeBytes;
  }

  /** As numpy writes it. */
  public String descr() {
    return descr;
  }

  public int sizeBytes() {
    return sizeBytes;
  }

  /** The type with this {@code descr}; one-byte types may carry any byte order. */
  static Optional<NpyType> of(String descr) {
    String plain = descr.length() == 3 && descr.endsWith("1") ? "|" + descr.substring(1) : descr;
    return Arrays.stream(values()).filter(t -> t.descr.equals(plain)).findFirst();
  }

  /** The type whose elements are stored as a tensor's are. */
  public static NpyType of(ElementType element) {
    return valueOf(element.name());
  }

  static String known() {
    return Arrays.stream(values()).map(NpyType::descr).collect(Collectors.joining(", "));
  }
}
