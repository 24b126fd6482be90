package io.bitwright.frontend.tflite.schema;

/**
 * What the padding SAME stands for along one dimension: {@code ceil(input / stride)} outputs, the odd pixel behind.
 *
 * <p>Source: tensorflow/lite/kernels/padding.h, ComputePaddingHeightWidth and ComputeOutSize.
 */
public final class SamePadding {
  private SamePadding() {}

  /** Pixels before and behind together; half of them, rounded down, stand before. */
  public static int total(int input, int kernel, int stride, int dilation) {
    long spanned = (outputs(input, stride) - 1L) * stride + (kernel - 1L) * dilation + 1;
    return (int) Math.max(0, spanned - input);
  }

  /** How many outputs there are. */
  public static int outputs(int input, int stride) {
    return (int) (((long) input + stride - 1) / stride);
  }
}
