package io.bitwright.rtl;

import io.bitwright.dataflow.FeatureMap;
import io.bitwright.ir.kernel.Value;

/** Tensors as the beats of a stream. */
final class Beats {
  private static final String DIGITS = "0123456789abcdef";

  private Beats() {}

  /**
   * A tensor's beats as {@code $readmemh} takes them: a line each, lane 0 in the lowest digits.
   *
   * @param tensor  bytes as the model types them
   */
  static String hex(byte[] tensor, Value value, FeatureMap map) {
    int flip = value.recentred() ? 0x80 : 0;
    StringBuilder text = new StringBuilder();
    for (int pixel = 0; pixel < map.pixels(); pixel++) {
      for (int beat = 0; beat < map.beatsPerPixel(); beat++) {
        for (int lane = map.lanes() - 1; lane >= 0; lane--) {
          int channel = beat * map.lanes() + lane;
          int code = channel < map.channels() ? (tensor[pixel * map.channels() + channel] ^ flip) & 0xff : 0;
          text.append(DIGITS.charAt(code >> 4)).append(DIGITS.charAt(code & 15));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }
}
