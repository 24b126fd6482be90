package io.bitwright.frontend.quantise;

/** Between which weighted operators channels are equalised. */
public enum Equalisation {
  NONE,
  /** Those with no upper limit between them. */
  UNLIMITED,
  /** Those with a limit such as ReLU6's too, which becomes one a channel. No TFLite file can hold it. */
  ALL
}
