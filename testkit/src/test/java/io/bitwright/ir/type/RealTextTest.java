package io.bitwright.ir.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RealTextTest {
  @Test
  void textRestoresEveryBit() {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      float f = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(f)) {
        assertEquals(Float.floatToRawIntBits(f), Float.floatToRawIntBits(Float.parseFloat(RealText.of(f))), RealText.of(f));
      }
      double d = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(d) && i < 20_000) {
        assertEquals(Double.doubleToRawLongBits(d), Double.doubleToRawLongBits(Double.parseDouble(RealText.of(d))));
      }
    }
  }

  @Test
  void textIsShort() {
    assertEquals("0.1", RealText.of(0.1f));
    assertEquals("0.00390625", RealText.of(1f / 256));
    assertEquals("0.023528477", RealText.of(0.023528477f));
    assertEquals("2E+10", RealText.of(2.0E10f));
    assertEquals("16777216", RealText.of(16777216f));
    assertEquals("1E-45", RealText.of(Float.MIN_VALUE));
    assertEquals("127", RealText.of(127.0));
    assertEquals("-0.1", RealText.of(-0.1));
    assertEquals("-0", RealText.of(-0f));
    assertEquals("-inf", RealText.of(Double.NEGATIVE_INFINITY));
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      float f = random.nextFloat();
      int digits = RealText.of(f).replaceAll("E.*|[.-]", "").replaceAll("^0+", "").length();
      int theirs = Float.toString(f).replaceAll("E.*|[.-]", "").replaceAll("^0+", "").length();
      assertTrue(digits <= theirs, RealText.of(f) + " " + f);
    }
  }
}
