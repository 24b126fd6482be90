package io.bitwright.ir.op;

/** How a requantisation rounds; never implied. docs/semantics.md has the formulas. */
public enum Rounding {
  /** Twice, as the TFLite reference kernels and CMSIS-NN do. */
  TFLITE("tflite"),
  /** Once, half up. */
  SINGLE("single"),
  /** Once, half to even, by the float32 quotient of the scales. */
  TIES_EVEN("ties_even");

  private final String text;

  Rounding(String text) {
    this.text = text;
  }

  /** As in the text form and on the command line. */
  public String text() {
    return text;
  }
}
