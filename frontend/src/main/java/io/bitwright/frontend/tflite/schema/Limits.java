package io.bitwright.frontend.tflite.schema;

/** The sizes this importer takes; networks for small devices stay far below them. */
public final class Limits {
  /** Largest file. */
  public static final long FILE_BYTES = 1L << 30;

  /** Largest tensor. */
  public static final long TENSOR_BYTES = 1L << 30;

  /** Highest rank of a tensor: batch, height, width, channels. */
  public static final int RANK = 4;

  /** Most operators, and most operands of one. */
  public static final int OPERATORS = 1 << 14;

  /** Most tensors. */
  public static final int TENSORS = 1 << 16;

  /** Most findings reported about one file. */
  public static final int FINDINGS = 1000;

  /** Longest stride, dilation and window, from first to last tap, in pixels. */
  public static final int WINDOW_PIXELS = 1 << 20;

  /** Longest shape computation folded at import, in elements. */
  public static final int FOLDED_ELEMENTS = 64;

  /** Most indices, over all operators, of strided slices and nearest neighbours, and most operands packed. */
  public static final int INDICES = 1 << 16;

  private Limits() {}
}
