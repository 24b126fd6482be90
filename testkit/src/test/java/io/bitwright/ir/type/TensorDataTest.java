package io.bitwright.ir.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TensorDataTest {
  @Test
  void elementsAreLittleEndian() {
    assertArrayEquals(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0}, TensorData.ofFloats(1, -2).toRaw());
    assertArrayEquals(new byte[] {2, 1, 0, 0, -1, -1, -1, -1}, TensorData.ofInts(258, -1).toRaw());
  }

  /** Equality is of every byte, whichever of them the hash code reads. */
  @Test
  void aDifferenceInAnyByteIsADifference() {
    Set<TensorData> seen = new HashSet<>();
    byte[] bytes = new byte[1000];
    seen.add(TensorData.ofBytes(bytes));
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = 1;
      seen.add(TensorData.ofBytes(bytes));
      bytes[i] = 0;
    }
    assertEquals(1001, seen.size());
    assertEquals(TensorData.ofBytes(bytes).hashCode(), TensorData.ofBytes(bytes).hashCode());
    assertNotEquals(TensorData.ofRaw(ElementType.U8, bytes), TensorData.ofBytes(bytes));
  }
}
