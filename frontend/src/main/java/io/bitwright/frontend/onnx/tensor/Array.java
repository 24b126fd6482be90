package io.bitwright.frontend.onnx.tensor;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A tensor whose contents are known at import. Unlike a node's, its dimensions may be 0.
 *
 * @param name  in the file
 * @param data  elements in C order, of the type that {@link DataType#element} names
 * @param codes  what reals were dequantised from; lost where elements are computed with
 */
public record Array(String name, DataType type, List<Integer> dims, TensorData data, Optional<Codes> codes)
    implements Tensor {
  /** An array that was not dequantised. */
  public Array(String name, DataType type, List<Integer> dims, TensorData data) {
    this(name, type, dims, data, Optional.empty());
  }

  public Array {
    dims = List.copyOf(dims);
    if (dims.stream().reduce(1, Math::multiplyExact) != data.elements()
        || type.element().orElseThrow() != data.element()) {
      throw new IllegalArgumentException(data + " for " + type.text() + dims);
    }
  }

  /** A vector of int64. */
  public static Array ofIntegers(String name, List<Long> values) {
    return of(name, DataType.INT64, List.of(values.size()), values.stream().mapToLong(v -> v).toArray());
  }

  /** Integers, cut to the type. */
  public static Array of(String name, DataType type, List<Integer> dims, long... values) {
    ElementType element = type.element().orElseThrow();
    ByteBuffer out = ByteBuffer.allocate(values.length * element.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      switch (element) {
        case I8, U8 -> out.put((byte) value);
        case I16 -> out.putShort((short) value);
        case I32 -> out.putInt((int) value);
        case I64 -> out.putLong(value);
        case F32 -> out.putFloat(value);
      }
    }
    return new Array(name, type, dims, TensorData.ofRaw(element, out.array()));
  }

  public static Array ofReals(String name, List<Integer> dims, float... values) {
    return new Array(name, DataType.FLOAT, dims, TensorData.ofFloats(values));
  }

  public boolean isReal() {
    return type.isReal();
  }

  public long integer(int index) {
    return isReal() ? (long) data.real(index) : data.code(index);
  }

  public float real(int index) {
    return isReal() ? data.real(index) : data.code(index);
  }

  public long[] integers() {
    long[] all = new long[data.elements()];
    for (int i = 0; i < all.length; i++) {
      all[i] = integer(i);
    }
    return all;
  }

  /** All elements as float32. */
  public float[] reals() {
    if (isReal()) {
      return data.reals();
    }
    float[] all = new float[data.elements()];
    for (int i = 0; i < all.length; i++) {
      all[i] = data.code(i);
    }
    return all;
  }

  /** Whether all elements are one value. */
  public boolean isUniform() {
    byte[] raw = data.toRaw();
    int size = data.element().sizeBytes();
    for (int i = size; i < raw.length; i++) {
      if (raw[i] != raw[i - size]) {
        return false;
      }
    }
    return raw.length > 0;
  }

  public Array named(String other) {
    return new Array(other, type, dims, data, codes);
  }

  /** The same elements under another shape of as many. */
  public Array reshaped(List<Integer> shape) {
    return new Array(name, type, shape, data, codes.filter(c -> shape.equals(dims) || c.scales().size() == 1));
  }

  /** Dimension i of the result is dimension {@code order.get(i)}. */
  public Array transposed(List<Integer> order) {
    List<Integer> shape = order.stream().map(dims::get).toList();
    int[] strides = strides(dims);
    int[] permuted = order.stream().mapToInt(d -> strides[d]).toArray();
    int[] positions = positions(shape, permuted, 0);
    return picked(shape, positions).withCodes(codes.map(c -> new Codes(moved(c.data(), positions), c.scales(),
        c.zeroPoint(), Math.max(0, order.indexOf(c.axis())))));
  }

  /** The elements at some flat positions, under a shape of as many. */
  public Array picked(List<Integer> shape, int[] positions) {
    return new Array(name, type, shape, moved(data, positions));
  }

  /** The same elements within each index of dimension 0 of a matrix, in another order. */
  public Array pickedInRows(int[] positions) {
    return picked(dims, positions).withCodes(codes.filter(c -> c.axis() == 0 || c.scales().size() == 1)
        .map(c -> new Codes(moved(c.data(), positions), c.scales(), c.zeroPoint(), c.axis())));
  }

  public Array withCodes(Optional<Codes> other) {
    return new Array(name, type, dims, data, other);
  }

  private static TensorData moved(TensorData data, int[] positions) {
    int size = data.element().sizeBytes();
    byte[] from = data.toRaw();
    byte[] to = new byte[positions.length * size];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(from, positions[i] * size, to, i * size, size);
    }
    return TensorData.ofRaw(data.element(), to);
  }

  /** Elements from one index to the next, by dimension, in C order. */
  public static int[] strides(List<Integer> dims) {
    int[] strides = new int[dims.size()];
    int stride = 1;
    for (int d = dims.size() - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= Math.max(1, dims.get(d));
    }
    return strides;
  }

  /** Flat positions of a box in C order whose dimensions have some strides, from a first position on. */
  public static int[] positions(List<Integer> shape, int[] strides, int first) {
    int[] positions = {first};
    for (int d = 0; d < shape.size(); d++) {
      int extent = shape.get(d);
      int[] next = new int[Math.multiplyExact(positions.length, extent)];
      for (int i = 0; i < next.length; i++) {
        next[i] = positions[i / extent] + i % extent * strides[d];
      }
      positions = next;
    }
    return positions;
  }

  /**
   * For each element of a larger shape the flat position here, dimensions of size 1 and missing leading ones
   * repeated.
   */
  public int[] broadcast(List<Integer> shape) {
    List<Integer> aligned = new ArrayList<>(Collections.nCopies(shape.size() - rank(), 1));
    aligned.addAll(dims);
    int[] strides = strides(aligned);
    for (int d = 0; d < strides.length; d++) {
      strides[d] = aligned.get(d) == 1 ? 0 : strides[d];
    }
    return positions(shape, strides, 0);
  }
}
