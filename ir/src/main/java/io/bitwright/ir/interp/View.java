package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.Placement;
import io.bitwright.ir.memory.Ring;

/**
 * How a kernel reaches the elements of a value in the arena: byte address of pixel (n, y, x) and element size.
 *
 * @param ringRows  rows of the ring that the value lives in: row y is at {@code y % ringRows}; 0 where the value exists
 *     as a whole
 */
record View(Value value, int offset, int imagePitch, int rowPitch, int pixelPitch, int ringRows) {
  static View of(Value value, Placement placement) {
    return new View(value, placement.offset(), placement.imagePitch(), placement.rowPitch(), placement.pixelPitch(), 0);
  }

  static View of(Value value, Ring ring) {
    return new View(value, ring.offset(), 0, value.w() * value.c(), value.c(), ring.rows());
  }

  int elementBytes() {
    return value.storage().sizeBytes();
  }

  /** Byte address of a pixel's first channel. */
  int address(int n, int y, int x) {
    int row = ringRows == 0 ? y : y % ringRows;
    return offset + (n * imagePitch + row * rowPitch + x * pixelPitch) * elementBytes();
  }
}
