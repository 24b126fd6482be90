package io.bitwright.ir.op;

/**
 * How a kernel slides over a feature map. Output row y covers input rows
 * {@code y * strideH - padding.top + i * dilationH} for {@code i} in {@code [0, kernelH)}; columns likewise.
 */
public record Window(
    int kernelH, int kernelW, int strideH, int strideW, int dilationH, int dilationW, Padding padding) {
  public Window {
    if (Math.min(Math.min(Math.min(kernelH, kernelW), Math.min(strideH, strideW)), Math.min(dilationH, dilationW)) < 1) {
      throw new IllegalArgumentException("kernel, stride and dilation must be at least 1");
    }
  }

  /** A window of one pixel. */
  public static final Window POINT = new Window(1, 1, 1, 1, 1, 1, Padding.NONE);

  public static Window of(int kernelH, int kernelW, int stride, Padding padding) {
    return new Window(kernelH, kernelW, stride, stride, 1, 1, padding);
  }

  public Window withPadding(Padding other) {
    return new Window(kernelH, kernelW, strideH, strideW, dilationH, dilationW, other);
  }

  /** Input rows from the first to the last tap. */
  public int extentH() {
    return (kernelH - 1) * dilationH + 1;
  }

  /** Input columns from the first to the last tap. */
  public int extentW() {
    return (kernelW - 1) * dilationW + 1;
  }

  /** Output rows for an input of so many rows; less than 1 where the window does not fit. */
  public int outputH(int inputH) {
    return Math.floorDiv(inputH + padding.top() + padding.bottom() - extentH(), strideH) + 1;
  }

  /** Output columns for an input of so many columns. */
  public int outputW(int inputW) {
    return Math.floorDiv(inputW + padding.left() + padding.right() - extentW(), strideW) + 1;
  }

  public int taps() {
    return kernelH * kernelW;
  }

  /** Whether output pixel (y, x) depends on input pixel (y, x) only. */
  public boolean isPoint() {
    return equals(POINT);
  }
}
