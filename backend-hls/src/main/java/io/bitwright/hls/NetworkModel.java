package io.bitwright.hls;

import java.util.List;

/**
 * What every file of a tree needs to know of the network.
 *
 * @param name  the top function's, a C++ identifier
 * @param macro  the same in upper case, the beginning of every macro
 * @param source  the model file's name, safe for a comment
 * @param board  its title, safe for a comment
 * @param intervalCycles  from frame to frame when many follow each other
 * @param firstCycles  the slowest stage's cycles where a call takes one frame
 */
public record NetworkModel(String name, String macro, String source, String board, PortModel ifm, PortModel ofm,
    int lanes, int stages, long intervalCycles, long firstCycles, String part, String clockPeriodNs, String clockMhz,
    boolean selfTest, boolean vitis, List<String> headers) {
  /**
   * The stream on one side of the network.
   *
   * @param label  {@code ifm} or {@code ofm}
   * @param shape  as in the model
   * @param recentred  whether the model's codes are uint8, which the stream carries less 128
   */
  public record PortModel(String label, String tensor, String shape, String type, int height, int width, int channels,
      int lanes, int beatsPerPixel, long beats, boolean recentred) {
    /** Codes a frame. */
    public long codes() {
      return (long) height * width * channels;
    }

    /** Width of TDATA. */
    public int bits() {
      return 8 * lanes;
    }
  }
}
