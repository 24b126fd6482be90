package io.bitwright.frontend.language.layer;

import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;

/** What a layer computes: attributes only; the layer holds its inputs and its shape. */
public sealed interface LayerOp {
  /** A network input. */
  record Input() implements LayerOp {}

  /** Convolution, dense, grouped or depthwise; weights [filters, kernel, channels / groups]. */
  record Convolution(int filters, Window window, int groups, boolean bias) implements LayerOp {}

  /** Fully connected layer over all elements of its input. */
  record Dense(int units, boolean bias) implements LayerOp {}

  /**
   * Batch normalisation with its moving statistics.
   *
   * @param scale  whether it has a trained gamma
   */
  record Normalization(double epsilon, boolean scale) implements LayerOp {}

  /** A function of single elements; {@code lo} and {@code hi} are the limits of {@link Function#CLIP} only. */
  record Activation(Function function, double lo, double hi) implements LayerOp {}

  /** The functions of {@link Activation}. */
  enum Function { RELU, RELU6, HARD_SIGMOID, HARD_SWISH, SIGMOID, SWISH, CLIP }

  /**
   * Maximum or average over a window.
   *
   * @param wholeDivisor  an average divides by the window's size, not by the taps inside the image
   */
  record Pool(boolean maximum, Window window, boolean wholeDivisor) implements LayerOp {}

  /** Mean over height and width. */
  record GlobalPool() implements LayerOp {}

  /** Sum of two feature maps of one shape. */
  record Add() implements LayerOp {}

  /** Product of two feature maps; the second may have one pixel that serves all. */
  record Multiply() implements LayerOp {}

  /** Channels of all inputs one after the other. */
  record Concat() implements LayerOp {}

  /**
   * A run of channels, one part of a split.
   *
   * @param from  first channel
   * @param part  index of the part in its split; a layer table lists the first part only
   * @param parts  how many equal parts the split has
   */
  record Slice(int from, int part, int parts) implements LayerOp {}

  /** Channels seen as a matrix of {@code groups} rows (columns if {@code transposed}), transposed. */
  record Shuffle(int groups, boolean transposed) implements LayerOp {}

  /** Local response normalisation over channels: x / (bias + alpha / size * sum of squares) ^ beta. */
  record LocalResponse(int size, double alpha, double beta, double bias) implements LayerOp {}

  /** Zeros around the image. */
  record Pad(Padding padding) implements LayerOp {}

  /** The image without some rows and columns at its sides. */
  record Crop(Padding padding) implements LayerOp {}

  /** Every n-th row and column, from the first. */
  record Subsample(int stride) implements LayerOp {}

  /** A vector of all elements. */
  record Flatten() implements LayerOp {}

  /** Softmax over channels. */
  record Softmax() implements LayerOp {}
}
