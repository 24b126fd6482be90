package io.bitwright.hls;

import java.util.List;

/**
 * Everything the text of a depthwise + pointwise block needs; the template only places it. The 8-bit requantisation
 * between the two stays.
 */
public record DepthwisePointwiseModel(String name, String comment, Map ifm, Map middle, Map ofm, Kernel kernel,
    Stage depthwise, Stage pointwise, List<Stage> stages, List<ScalarText.Table> tables) {
  /** A feature map. */
  public record Map(int height, int width, int channels) {}

  /** The depthwise window; {@code paddingCode} is what taps outside of the image read. */
  public record Kernel(int height, int width, int strideH, int strideW, int dilationH, int dilationW, int top, int left,
      int paddingCode, int multiplier) {}

  /** Constants and epilogue of one of the two. */
  public record Stage(String name, List<Long> weights, List<Long> bias, int accBits, ScalarText epilogue) {}
}
