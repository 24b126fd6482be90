package io.bitwright.frontend.quantise;

/** How many scales an operator's weights have. */
public enum WeightScales {
  /** One an output channel. */
  PER_CHANNEL,
  /**
   * One an output channel of a convolution, one for all of a fully connected operator: TensorFlow Lite 8-bit quantization
   * specification. TFLite up to 2.14 takes a fully connected operator's first scale for all.
   */
  CONVOLUTIONS_PER_CHANNEL,
  /** One for all: the largest of those that the channels would have. */
  PER_TENSOR
}
