package io.bitwright.c.kernel;

import java.util.List;

/**
 * An integer {@code Dot} with windows too large to be gathered: taps are read where they lie, or from a row of padding
 * codes. Template {@code LargeDotModel.ftl}.
 *
 * @param group  the first input channel that output channel c reads, or empty
 */
public record LargeDotModel(Frame frame, String inputType, String ifm, String ofm, Geometry geometry, int width,
    int outputPitch, String outputType, String accumulator, List<Integer> channels, int tapChannels, String group,
    String weightZero, String weights, String bias, String padding, int outputs, List<String> epilogues) {
  public int block() {
    return channels.size();
  }

  public int length() {
    return geometry.kernelH() * geometry.kernelW() * tapChannels;
  }
}
