package io.bitwright.c.kernel;

/**
 * A float {@code Dot}: products of the taps inside of the image are added in the order row, column, channel, for all
 * output channels side by side. Template {@code RealDotModel.ftl}.
 *
 * @param groupChannels  input channels that an output channel reads
 * @param groupOutputs  output channels of a group
 * @param weights  as [tap][input channel of the group][output channel]
 */
public record RealDotModel(Frame frame, String ifm, String ofm, Geometry geometry, int width, int outputPitch,
    int groups, int groupChannels, int groupOutputs, int outputs, String weights, String bias, String epilogue) {
  public boolean depthwise() {
    return groupChannels == 1 && groupOutputs == 1;
  }

  public boolean grouped() {
    return groups > 1;
  }

  public int tapWeights() {
    return groupChannels * outputs;
  }
}
