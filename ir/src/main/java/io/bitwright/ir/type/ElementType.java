package io.bitwright.ir.type;

/** The type of a tensor's elements. */
public enum ElementType {
  F32("f32", 4),
  I8("i8", 1),
  U8("u8", 1),
  I16("i16", 2),
  I32("i32", 4),
  I64("i64", 8);

  private final String text;
  private final int sizeBytes;

  ElementType(String text, int sizeBytes) {
    this.text = text;
    this.sizeBytes = sizeBytes;
  }

  /** As in the text form. */
  public String text() {
    return text;
  }

  public int sizeBytes() {
    return sizeBytes;
  }

  /** Whether this is one of the two 8-bit integer types. */
  public boolean is8Bit() {
    return this == I8 || this == U8;
  }

  public boolean isInteger() {
    return this != F32;
  }

  /** Smallest code of an integer type. */
  public long min() {
    return switch (this) {
      case I8 -> -128;
      case U8 -> 0;
      case I16 -> Short.MIN_VALUE;
      case I32 -> Integer.MIN_VALUE;
      case I64 -> Long.MIN_VALUE;
      case F32 -> throw new IllegalStateException("f32 has no codes");
    };
  }

  /** Largest code of an integer type. */
  public long max() {
    return switch (this) {
      case I8 -> 127;
      case U8 -> 255;
      case I16 -> Short.MAX_VALUE;
      case I32 -> Integer.MAX_VALUE;
      case I64 -> Long.MAX_VALUE;
      case F32 -> throw new IllegalStateException("f32 has no codes");
    };
  }
}
