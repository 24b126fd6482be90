package io.bitwright.dataflow.cost;

/**
 * Blocks of programmable logic.
 *
 * @param luts  look-up tables, those of carry chains and small memories included
 * @param dspBlocks  multiplier blocks
 * @param blockRams  memory blocks of 18 Kbit
 */
public record Resources(long luts, long dspBlocks, long blockRams) {
  public static final Resources NONE = new Resources(0, 0, 0);

  public Resources plus(Resources other) {
    return new Resources(luts + other.luts, dspBlocks + other.dspBlocks, blockRams + other.blockRams);
  }

  Resources times(long count) {
    return new Resources(luts * count, dspBlocks * count, blockRams * count);
  }

  static Resources ofLuts(double luts) {
    return new Resources(Math.round(luts), 0, 0);
  }
}
