package io.bitwright.compiler;

import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.Locale;
import java.util.OptionalInt;

/** Reads raw tensors element by element, for people. */
public final class Elements {
  private final TensorType type;
  private final TensorData data;

  /** Little-endian elements as {@code type} says; there may be more or fewer than its shape has. */
  public Elements(TensorType type, byte[] raw) {
    this.type = type;
    this.data = TensorData.ofRaw(type.element(), raw);
  }

  public int count() {
    return data.elements();
  }

  /** What the element stands for: a code through its scale, any other number itself. */
  public double real(int index) {
    if (type.isFloat()) {
      return data.real(index);
    }
    return type.isPerTensor() ? (double) type.scale() * (data.code(index) - type.zeroPoint()) : data.code(index);
  }

  /** The element as it is stored: a code, or an f32 in full. */
  public String text(int index) {
    return type.isFloat() ? Float.toString(data.real(index)) : Long.toString(data.code(index));
  }

  /** {@code [0, 3, 1, 7]}: an index in each dimension. */
  public static String position(Shape shape, int index) {
    StringBuilder text = new StringBuilder("]");
    int rest = index;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      text.insert(0, (d == 0 ? "" : ", ") + rest % shape.dim(d));
      rest /= shape.dim(d);
    }
    return text.insert(0, "[").toString();
  }

  /** The first element in which two tensors differ; where one is shorter, the first it lacks. */
  public static OptionalInt firstDifference(TensorType type, byte[] a, byte[] b) {
    int at = java.util.Arrays.mismatch(a, b);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at / type.element().sizeBytes());
  }

  /** {@code index: code (real)}. */
  public String describe(int index) {
    if (index >= count()) {
      return "nothing";
    }
    boolean plain = type.isFloat() || !type.isPerTensor();
    return plain ? text(index) : String.format(Locale.ROOT, "%s (%.6g)", text(index), real(index));
  }
}
