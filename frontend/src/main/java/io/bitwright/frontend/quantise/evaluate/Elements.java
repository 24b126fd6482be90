package io.bitwright.frontend.quantise.evaluate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Raw little-endian f32 elements. */
final class Elements {
  private Elements() {}

  static FloatBuffer of(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** The index of the largest one, the first among equals. */
  static int largest(byte[] raw) {
    FloatBuffer elements = of(raw);
    int largest = 0;
    for (int i = 1; i < elements.capacity(); i++) {
      largest = elements.get(i) > elements.get(largest) ? i : largest;
    }
    return largest;
  }
}
