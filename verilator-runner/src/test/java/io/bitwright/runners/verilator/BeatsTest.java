package io.bitwright.runners.verilator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitwright.dataflow.FeatureMap;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BeatsTest {
  private static final FeatureMap MAP = new FeatureMap(1, 2, 3, 2);

  @Test
  void everyPixelStartsABeatAndIdleLanesAre0() {
    byte[] codes = {1, 2, 3, 4, 5, 6};
    byte[] beats = {1, 2, 3, 0, 4, 5, 6, 0};
    assertArrayEquals(beats, Beats.pack(MAP, codes));
    assertArrayEquals(codes, Beats.unpack(MAP, beats, 0));
    byte[] two = {9, 9, 9, 0, 9, 9, 9, 0, 1, 2, 3, 0, 4, 5, 6, 0};
    assertArrayEquals(codes, Beats.unpack(MAP, two, 8));
    assertTrue(Beats.firstWithIdleLanesSet(MAP, two).isEmpty());
    two[11] = 1;
    assertEquals(OptionalLong.of(5), Beats.firstWithIdleLanesSet(MAP, two));
  }
}
