package io.bitwright.boards;

import java.util.Arrays;
import java.util.List;

/**
 * Programmable logic of a device.
 *
 * @param family  whose blocks they are
 * @param luts  look-up tables, of as many inputs as the family has
 * @param dspBlocks  multiplier blocks
 * @param blockRams  memory blocks of the family's {@link Family#blockRamBits}
 */
public record Fabric(Family family, int luts, int dspBlocks, int blockRams) {
  public Fabric {
    if (Math.min(Math.min(luts, dspBlocks), blockRams) < 0) {
      throw new IllegalArgumentException("negative resources");
    }
  }

  /** Devices with blocks of one kind. */
  public enum Family {
    /** Lattice ECP5: LUT4, MULT18X18D, DP16KD. */
    ECP5("ecp5", 18, 18, 18 * 1024),
    /** Xilinx 7 series: LUT6, DSP48E1 (25 x 18), RAMB18E1. */
    XC7("xc7", 25, 18, 18 * 1024),
    /** Xilinx UltraScale+: LUT6, DSP48E2 (27 x 18), RAMB18E2. */
    ULTRASCALE_PLUS("ultrascale+", 27, 18, 18 * 1024);

    private final String text;
    private final int widerOperandBits;
    private final int narrowerOperandBits;
    private final int blockRamBits;

    Family(String text, int widerOperandBits, int narrowerOperandBits, int blockRamBits) {
      this.text = text;
      this.widerOperandBits = widerOperandBits;
      this.narrowerOperandBits = narrowerOperandBits;
      this.blockRamBits = blockRamBits;
    }

    /** As board descriptions write it. */
    public String text() {
      return text;
    }

    /** Signed bits of a multiplier block's wider operand. */
    public int widerOperandBits() {
      return widerOperandBits;
    }

    /** Signed bits of a multiplier block's narrower operand. */
    public int narrowerOperandBits() {
      return narrowerOperandBits;
    }

    /** Bits of the memory block that is counted, parity included. */
    public int blockRamBits() {
      return blockRamBits;
    }

    static List<String> texts() {
      return Arrays.stream(values()).map(Family::text).toList();
    }
  }
}
