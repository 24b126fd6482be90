package io.bitwright.c.kernel;

import java.util.List;

/**
 * An integer {@code Dot} that first gathers the windows of one or two pixels, widened to 16 bits, and then takes some
 * output channels at a time. Template {@code DenseModel.ftl}.
 *
 * @param inputType  of the codes that are gathered
 * @param ifm  pointer to the input image; to the input row for a point window
 * @param width  output pixels of a row
 * @param pixels  0, or 0 and 1: the pixels of a block
 * @param channels  0 to at most 3: the output channels of a block
 * @param last  the last pixel's index where the last block has one pixel only, else empty
 * @param rowCopy  elements of one row of taps that follow each other in memory, 0 where they do not
 * @param tapChannels  channels gathered from one tap, all groups together
 * @param destination  index within a gathered window of channel c of tap {@code tap}
 * @param pitch  elements of one group's gathered window, zeros at its end included
 * @param windowPitch  elements of a pixel's gathered window
 * @param gapped  whether a gathered window has zeros at its end
 * @param group  where a channel's group begins in the gathered window, or empty
 * @param weightZero  the weights' zero point factor, or empty
 * @param sum  for each pixel the sum over the gathered window that goes with channel c
 */
public record DenseModel(Frame frame, String inputType, String ifm, String ofm, Geometry geometry, boolean point,
    int width, int outputPitch, String outputType, String accumulator, List<Integer> pixels, List<Integer> channels,
    String last, int rowCopy, int tapChannels, String destination, int paddingCode, int pitch, int windowPitch,
    boolean gapped, String group, String weightZero, List<String> sum, int sums, String weights, String weightType,
    String bias, int outputs, List<String> epilogues) {
  public boolean pair() {
    return pixels.size() == 2;
  }

  public int step() {
    return pixels.size();
  }

  public int block() {
    return channels.size();
  }

  public int windowElements() {
    return pixels.size() * windowPitch;
  }

  public boolean singleTap() {
    return geometry.kernelH() * geometry.kernelW() == 1;
  }

  public boolean bordered() {
    return geometry.bordered();
  }
}
