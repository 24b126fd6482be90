package io.bitwright.rtl;

/** Memory images for {@code $readmemh}: a word a line. */
final class HexImage {
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private HexImage() {}

  /**
   * The text of an image.
   *
   * @param words  of one length; the first field of a word lies in its lowest bits
   * @param bits  a field in two's complement, at most 64
   */
  static String of(long[][] words, int bits) {
    int wordBits = words[0].length * bits;
    int digits = (wordBits + 3) / 4;
    StringBuilder text = new StringBuilder(words.length * (digits + 1));
    byte[] nibbles = new byte[digits];
    for (long[] word : words) {
      java.util.Arrays.fill(nibbles, (byte) 0);
      for (int i = 0; i < word.length; i++) {
        put(nibbles, i * bits, word[i], bits);
      }
      for (int d = digits - 1; d >= 0; d--) {
        text.append(DIGITS[nibbles[d]]);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void put(byte[] nibbles, int at, long field, int bits) {
    for (int b = 0; b < bits; b++) {
      if ((field >> b & 1) != 0) {
        nibbles[(at + b) / 4] |= (byte) (1 << (at + b) % 4);
      }
    }
  }
}
