package io.bitwright.target;

import java.util.OptionalInt;

/**
 * What the user chooses about hardware targets; others ignore it.
 *
 * @param lanes  MAC multipliers that the accelerator may use, however built; the board's own by default
 * @param pragmas  which HLS tool the pragmas are written for
 * @param probes  whether the design shows what passes through each channel, for simulation
 */
public record HardwareOptions(OptionalInt lanes, Pragmas pragmas, boolean probes) {
  /** No choice made. */
  public static final HardwareOptions DEFAULT = new HardwareOptions(OptionalInt.empty(), Pragmas.VITIS, false);

  /** HLS tools by what they accept. */
  public enum Pragmas {
    /** Vitis HLS. */
    VITIS("vitis"),
    /** Tools that reject the loop forms of PIPELINE and UNROLL. */
    GENERIC("generic");

    private final String text;

    Pragmas(String text) {
      this.text = text;
    }

    /** As on the command line. */
    public String text() {
      return text;
    }
  }

  public HardwareOptions withProbes() {
    return new HardwareOptions(lanes, pragmas, true);
  }
}
