package io.bitwright.frontend.quantise;

/** How many scales an operator's weights have. */
public enum WeightScales {
  /** One an output channel. */
  PER_CHANNEL,
  /** One for all: the largest of those that the channels would have. */
  PER_TENSOR
}
