package io.bitwright.c.kernel;

import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.Literals;
import io.bitwright.c.scalar.Rows;
import java.util.ArrayList;
import java.util.List;

/** Collects the constant arrays of the weights file, in the order in which kernels ask for them. */
public final class Constants {
  /** An array of the weights file. */
  public record ConstantArray(String type, String name, int length, String comment, List<String> rows) {}

  private final List<ConstantArray> arrays = new ArrayList<>();
  private long sizeBytes;

  public List<ConstantArray> arrays() {
    return List.copyOf(arrays);
  }

  /** Bytes of all arrays together. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Adds integers that fit the type; gives the array's name. */
  String add(String name, CType type, long[] values, String comment) {
    List<String> entries = new ArrayList<>(values.length);
    for (long value : values) {
      entries.add(Literals.entry(value));
    }
    return add(new ConstantArray(type.text(), name, values.length, comment, Rows.of(entries)),
        (long) values.length * type.sizeBytes());
  }

  String add(String name, float[] values, String comment) {
    List<String> entries = new ArrayList<>(values.length);
    for (float value : values) {
      entries.add(Literals.exactReal(value));
    }
    return add(new ConstantArray(CType.FLOAT.text(), name, values.length, comment, Rows.of(entries)),
        4L * values.length);
  }

  private String add(ConstantArray array, long bytes) {
    arrays.add(array);
    sizeBytes += bytes;
    return array.name();
  }
}
