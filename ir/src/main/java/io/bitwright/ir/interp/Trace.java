package io.bitwright.ir.interp;

/** Receives the output tensor of source operators while a program runs. */
@FunctionalInterface
public interface Trace {
  /** Receives nothing. */
  Trace NONE = (operator, raw) -> { };

  /**
   * Called once a source operator that has a tensor.
   *
   * @param operator  index in the source file
   * @param raw  little-endian elements as the model types them
   */
  void output(int operator, byte[] raw);
}
