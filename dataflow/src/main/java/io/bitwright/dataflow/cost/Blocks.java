package io.bitwright.dataflow.cost;

import io.bitwright.boards.Fabric.Family;
import io.bitwright.dataflow.Memory;
import io.bitwright.dataflow.Stream;

/** How many blocks of a family a multiplication or a memory takes, as yosys 0.23 maps them. */
final class Blocks {
  /** Words and bits of one memory block of 18 Kbit. */
  private static final int[][] SHAPES = {{512, 36}, {1024, 18}, {2048, 9}, {4096, 4}, {8192, 2}, {16384, 1}};

  private final Family family;

  Blocks(Family family) {
    this.family = family;
  }

  /** Multiplier blocks of a product of signed numbers. */
  int dsp(int aBits, int bBits) {
    int wide = Math.max(aBits, bBits);
    int narrow = Math.min(aBits, bBits);
    return parts(wide, family.widerOperandBits()) * parts(narrow, family.narrowerOperandBits());
  }

  /**
   * A wide operand is cut into unsigned parts one bit narrower than the block's operand and a signed rest; ECP5 leaves a rest of
   * up to two bits to look-up tables.
   */
  private int parts(int bits, int limit) {
    int parts = 0;
    int rest = bits;
    while (rest > limit) {
      parts++;
      rest -= limit - 1;
    }
    return parts + (parts > 0 && family == Family.ECP5 && rest <= 2 ? 0 : 1);
  }

  /** Memory blocks of all copies of a memory; 0 where it is built of look-up tables. */
  int ram(Memory memory) {
    if (memory.style() == Memory.Style.DISTRIBUTED) {
      return 0;
    }
    int best = Integer.MAX_VALUE;
    for (int[] shape : SHAPES) {
      best = Math.min(best, Stream.ceilDiv(memory.depth(), shape[0]) * Stream.ceilDiv(memory.bits(), shape[1]));
    }
    return best * memory.copies();
  }
}
