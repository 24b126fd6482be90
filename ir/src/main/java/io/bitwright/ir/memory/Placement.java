package io.bitwright.ir.memory;

import io.bitwright.ir.kernel.Value;

/**
 * Where a value lies in the arena. Element (n, h, w, c) is at
 * {@code offset + (n * imagePitch + h * rowPitch + w * pixelPitch + c) * storage.sizeBytes()}.
 *
 * @param offset  byte offset of the first element, a multiple of the element size
 * @param imagePitch  elements from one image to the next
 * @param rowPitch  elements from one row to the next
 * @param pixelPitch  elements from one pixel to the next; at least C
 */
public record Placement(int offset, int imagePitch, int rowPitch, int pixelPitch) {
  /** A value without gaps. */
  public static Placement dense(Value value, int offset) {
    return new Placement(offset, value.h() * value.w() * value.c(), value.w() * value.c(), value.c());
  }

  /** Whether the elements of the value follow each other without gaps. */
  public boolean isDense(Value value) {
    return equals(dense(value, offset));
  }

  /** Bytes from the value's first to past its last element. */
  public int spanBytes(Value value) {
    int last = (value.n() - 1) * imagePitch + (value.h() - 1) * rowPitch + (value.w() - 1) * pixelPitch + value.c();
    return last * value.storage().sizeBytes();
  }
}
