package io.bitwright.compiler.data;

/**
 * A picture of 8-bit samples.
 *
 * @param channels  3 (red, green, blue) or 1 (luma)
 * @param samples  row by row, channels innermost
 */
record Picture(int width, int height, int channels, byte[] samples) {
  Picture {
    if (width < 1 || height < 1 || samples.length != Math.multiplyExact(Math.multiplyExact(width, height), channels)) {
      throw new IllegalArgumentException(width + "x" + height + "x" + channels + " in " + samples.length + " bytes");
    }
  }

  /**
   * Luma by ITU-R BT.601 in the fixed point that Pillow's convert("L") uses: {@code (19595 R + 38470 G + 7471 B + 2^15)
   * / 2^16}.
   */
  Picture luma() {
    if (channels == 1) {
      return this;
    }
    byte[] luma = new byte[width * height];
    for (int i = 0; i < luma.length; i++) {
      int red = samples[3 * i] & 0xff;
      int green = samples[3 * i + 1] & 0xff;
      int blue = samples[3 * i + 2] & 0xff;
      luma[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
    }
    return new Picture(width, height, 1, luma);
  }

  /** Blue first. */
  Picture reversedChannels() {
    byte[] reversed = samples.clone();
    for (int i = 0; channels == 3 && i < reversed.length; i += 3) {
      reversed[i] = samples[i + 2];
      reversed[i + 2] = samples[i];
    }
    return new Picture(width, height, channels, reversed);
  }
}
