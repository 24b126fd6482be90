package io.bitwright.ir.interp;

import io.bitwright.ir.kernel.Value;
import io.bitwright.ir.memory.Placement;

/**
 * How a kernel reaches the elements of a value in the arena: byte address of pixel (n, y, x) and element size. In a row
 * buffer all rows of all images are at one place.
 */
record View(Value value, int offset, int imagePitch, int rowPitch, int pixelPitch) {
  static View of(Value value, Placement placement) {
    return new View(value, placement.offset(), placement.imagePitch(), placement.rowPitch(), placement.pixelPitch());
  }

  static View ofRowBuffer(Value value, int offset) {
    return new View(value, offset, 0, 0, value.c());
  }

  int elementBytes() {
    return value.storage().sizeBytes();
  }

  /** Byte address of a pixel's first channel. */
  int address(int n, int y, int x) {
    return offset + (n * imagePitch + y * rowPitch + x * pixelPitch) * elementBytes();
  }
}
