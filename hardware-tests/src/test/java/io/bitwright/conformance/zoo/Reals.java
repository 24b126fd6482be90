package io.bitwright.conformance.zoo;

import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Real numbers behind the elements of tensors. */
public final class Reals {
  private Reals() {}

  /** The elements of an f32, int8 or int16 tensor. */
  public static double[] of(TensorType type, byte[] raw) {
    double[] reals = new double[type.shape().elements()];
    ByteBuffer elements = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < reals.length; i++) {
      reals[i] = switch (type.element()) {
        case F32 -> elements.getFloat();
        case I8 -> type.scale() * (double) (elements.get() - type.zeroPoint());
        case I16 -> type.scale() * (double) (elements.getShort() - type.zeroPoint());
        default -> throw new IllegalArgumentException(type.element().text());
      };
    }
    return reals;
  }

  /** The nearest int8 or int16 codes. */
  public static byte[] codes(TensorType type, double[] reals) {
    ByteBuffer codes = ByteBuffer.allocate(type.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double real : reals) {
      long code = Math.round(real / type.scale()) + type.zeroPoint();
      long within = Math.min(Math.max(code, type.element().min()), type.element().max());
      if (type.element() == ElementType.I16) {
        codes.putShort((short) within);
      } else {
        codes.put((byte) within);
      }
    }
    return codes.array();
  }

  /** The cosine of the angle between two vectors; 1 where both are zero. */
  public static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return aa == 0 && bb == 0 ? 1 : ab / Math.sqrt(aa * bb);
  }

  /** The index of the largest element. */
  public static int largest(double[] reals) {
    int at = 0;
    for (int i = 1; i < reals.length; i++) {
      at = reals[i] > reals[at] ? i : at;
    }
    return at;
  }
}
