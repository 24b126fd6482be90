package io.bitwright.compiler.data;

import java.util.List;

/**
 * An array as a .npy file holds it: C order, little-endian.
 *
 * @param type  the elements' type
 * @param shape  sizes, each at least 0
 * @param data  the elements, as many bytes as shape and type say
 */
public record NpyArray(NpyType type, List<Integer> shape, byte[] data) {
  public NpyArray {
    shape = List.copyOf(shape);
    long bytes = type.sizeBytes();
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("dimension " + size);
      }
      bytes = Math.multiplyExact(bytes, (long) size);
    }
    if (bytes != data.length) {
      throw new IllegalArgumentException(data.length + " bytes for shape " + shape);
    }
  }
}
