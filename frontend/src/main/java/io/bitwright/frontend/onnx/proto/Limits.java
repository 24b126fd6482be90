package io.bitwright.frontend.onnx.proto;

/** The sizes this importer takes; networks for small devices stay far below them. */
public final class Limits {
  /** Largest file, of the model and of external data each. */
  public static final long FILE_BYTES = 1L << 30;

  /** Most operators. */
  public static final int NODES = 1 << 14;

  /** Most initializers, and most inputs and outputs of the graph. */
  public static final int TENSORS = 1 << 16;

  /** Most operands, results or attributes of one operator. */
  public static final int PER_NODE = 1 << 12;

  /** Most numbers in an attribute. */
  public static final int NUMBERS = 1 << 16;

  /** Highest rank of a tensor. */
  public static final int RANK = 8;

  /** Most elements of a tensor, and most bytes of its contents. */
  public static final long ELEMENTS = 1L << 28;

  /** Longest name. */
  public static final int NAME_BYTES = 1 << 12;

  /** Most findings reported about one file. */
  public static final int FINDINGS = 1000;

  /** Longest stride, dilation and window, from first to last tap, in pixels. */
  public static final int WINDOW_PIXELS = 1 << 20;

  /** Most elements of one tensor computed at import. */
  public static final int FOLDED_TENSOR = 1 << 24;

  /** Most elements of what is computed at import, in total. */
  public static final long FOLDED_ELEMENTS = 1L << 26;

  private Limits() {}
}
