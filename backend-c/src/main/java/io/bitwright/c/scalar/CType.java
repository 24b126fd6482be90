package io.bitwright.c.scalar;

import io.bitwright.ir.kernel.Storage;
import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.scalar.Scalar;

/** The C types that generated code uses; integer types in order of width. */
public enum CType {
  INT8("int8_t", 8),
  INT16("int16_t", 16),
  INT32("int32_t", 32),
  INT64("int64_t", 64),
  FLOAT("float", 32);

  private final String text;
  private final int bits;

  CType(String text, int bits) {
    this.text = text;
    this.bits = bits;
  }

  public String text() {
    return text;
  }

  public int sizeBytes() {
    return bits / 8;
  }

  /** The narrowest integer type of an array whose entries lie in the interval. */
  public static CType narrowest(Interval interval) {
    for (CType type : new CType[] {INT8, INT16, INT32}) {
      if (interval.signedBits() <= type.bits) {
        return type;
      }
    }
    return INT64;
  }

  /** The type a value is computed in: {@code int32_t} where its interval fits, else {@code int64_t}; or float. */
  public static CType of(Scalar.Value value) {
    return value.isReal() ? FLOAT : computed(value.interval());
  }

  /** {@code int32_t} where the interval fits, else {@code int64_t}. */
  public static CType computed(Interval interval) {
    return interval.within(Interval.INT32) ? INT32 : INT64;
  }

  /** How elements lie in memory. */
  public static CType of(Storage storage) {
    return switch (storage) {
      case I8 -> INT8;
      case I16 -> INT16;
      case I32 -> INT32;
      case F32 -> FLOAT;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
