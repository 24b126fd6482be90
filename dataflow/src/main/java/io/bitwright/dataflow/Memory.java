package io.bitwright.dataflow;

/**
 * A memory of a stage: one write port at most, one read port, registered output.
 *
 * @param name  a legal identifier within its stage: "weights", "lines"
 * @param depth  words
 * @param bits  a word
 * @param constant  whether it is never written
 * @param style  what it is built of
 * @param copies  how many times it is built, for as many reads a cycle
 */
public record Memory(String name, int depth, int bits, boolean constant, Style style, int copies) {
  private static final int SMALLEST_BLOCK_DEPTH = 64;
  private static final int SMALLEST_BLOCK_BITS = 2048;

  /** What a memory is built of. */
  public enum Style {
    /** Block RAM. */
    BLOCK,
    /** Look-up tables. */
    DISTRIBUTED
  }

  public Memory {
    if (depth < 1 || bits < 1 || copies < 1) {
      throw new IllegalArgumentException("memory " + name + " of " + depth + " words of " + bits + " bits");
    }
  }

  /** A memory of the style that suits its size: small and shallow ones are not worth a block. */
  public static Memory of(String name, int depth, int bits, boolean constant, int copies) {
    Style style = isWorthABlock(depth, bits) ? Style.BLOCK : Style.DISTRIBUTED;
    return new Memory(name, depth, bits, constant, style, copies);
  }

  /** Whether a memory of that size is built of block RAM. */
  public static boolean isWorthABlock(int depth, int bits) {
    return depth >= SMALLEST_BLOCK_DEPTH && (long) depth * bits >= SMALLEST_BLOCK_BITS;
  }

  /** Bits of one copy. */
  public long sizeBits() {
    return (long) depth * bits;
  }
}
