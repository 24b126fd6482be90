package io.bitwright.ir.kernel;

/** How a program's values lie in memory. All 8-bit codes are signed; lowering re-centres unsigned ones. */
public enum Storage {
  I8(1),
  I16(2),
  I32(4),
  F32(4);

  private final int sizeBytes;

  Storage(int sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  public int sizeBytes() {
    return sizeBytes;
  }
}
