package io.bitwright.dataflow;

/** What flows from one stage to the next: beats of {@link #lanes} 8-bit codes, the same number in every frame. */
public sealed interface Stream permits FeatureMap, Patches {
  /** Codes a beat; lane 0 comes first. */
  int lanes();

  /** Beats a frame. */
  long beats();

  static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
