package io.bitwright.ir.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorDataTest {
  @ParameterizedTest
  @EnumSource(value = ElementType.class, mode = EnumSource.Mode.EXCLUDE, names = "F32")
  void codesComeBack(ElementType element) {
    long[] codes = {element.min(), 1, 100, element.max()};
    assertArrayEquals(codes, TensorData.ofCodes(element, codes).codes());
  }

  @Test
  void whatIsNoCodeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> TensorData.ofCodes(ElementType.I8, 128));
    assertThrows(IllegalArgumentException.class, () -> TensorData.ofCodes(ElementType.U8, -1));
    assertThrows(IllegalArgumentException.class, () -> TensorData.ofCodes(ElementType.I16, -32769));
    assertThrows(IllegalArgumentException.class, () -> TensorData.ofCodes(ElementType.F32, 1));
  }
}
