package io.bitwright.runners.verilator;

import io.bitwright.dataflow.FeatureMap;
import java.util.OptionalLong;

/** Feature maps as they pass through a stream: every pixel starts a beat, idle lanes of a pixel's last beat are 0. */
final class Beats {
  private Beats() {}

  /** Puts a map's codes, channels fastest, into beats. */
  static byte[] pack(FeatureMap map, byte[] codes) {
    if (codes.length != map.codes()) {
      throw new IllegalArgumentException(codes.length + " codes for " + map);
    }
    int pixelBytes = map.beatsPerPixel() * map.lanes();
    byte[] beats = new byte[map.pixels() * pixelBytes];
    for (int pixel = 0; pixel < map.pixels(); pixel++) {
      System.arraycopy(codes, pixel * map.channels(), beats, pixel * pixelBytes, map.channels());
    }
    return beats;
  }

  /**
   * Takes one frame's codes out of beats.
   *
   * @param first  where the frame starts, in bytes
   */
  static byte[] unpack(FeatureMap map, byte[] beats, int first) {
    int pixelBytes = map.beatsPerPixel() * map.lanes();
    byte[] codes = new byte[(int) map.codes()];
    for (int pixel = 0; pixel < map.pixels(); pixel++) {
      System.arraycopy(beats, first + pixel * pixelBytes, codes, pixel * map.channels(), map.channels());
    }
    return codes;
  }

  /** The first beat of all whose idle lanes do not carry 0. */
  static OptionalLong firstWithIdleLanesSet(FeatureMap map, byte[] beats) {
    int pixelBytes = map.beatsPerPixel() * map.lanes();
    for (int pixel = 0; pixel < beats.length / pixelBytes; pixel++) {
      for (int lane = map.channels(); lane < pixelBytes; lane++) {
        if (beats[pixel * pixelBytes + lane] != 0) {
          return OptionalLong.of(pixel * (long) map.beatsPerPixel() + lane / map.lanes());
        }
      }
    }
    return OptionalLong.empty();
  }
}
