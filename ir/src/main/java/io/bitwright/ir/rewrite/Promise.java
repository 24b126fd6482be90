package io.bitwright.ir.rewrite;

/** What a pass preserves. */
public enum Promise {
  /** The interpreter's outputs, byte for byte. */
  BITS,
  /** The outputs within a tolerance that the pass states. */
  REALS
}
