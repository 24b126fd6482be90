package io.bitwright.c.kernel;

import java.util.List;

/**
 * An integer depthwise {@code Dot} with one output a channel. Where the whole window lies inside of the image, taps are
 * at constant offsets; elsewhere a tap outside of it is a row of padding codes. Template {@code DepthwiseModel.ftl}.
 *
 * @param products  the terms of a sum where the window lies inside; empty where there are too many to be spelled out
 * @param borderProducts  the terms elsewhere
 * @param padding  name of the row of padding codes; empty where no window reaches out of the image
 * @param epilogue  the call for channel c
 * @param constant  whether the epilogue gives the same for every sum
 */
public record DepthwiseModel(Frame frame, String inputType, String ifm, String ofm, Geometry geometry, int width,
    int outputPitch, String outputType, String accumulator, int channels, List<String> products,
    List<String> borderProducts, int taps, String weights, String bias, String padding, String epilogue,
    boolean constant) {
  public boolean spelledOut() {
    return !products.isEmpty();
  }

  public boolean bordered() {
    return geometry.bordered();
  }
}
