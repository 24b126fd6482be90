package io.bitwright.dataflow.timing;

/** A stage's control, cycle by cycle, as the RTL has it. */
interface StageModel {
  /** One clock cycle. */
  void cycle();

  /** Cycles so far in which there was work. */
  long busyCycles();
}
