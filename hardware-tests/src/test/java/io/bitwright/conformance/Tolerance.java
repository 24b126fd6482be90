package io.bitwright.conformance;

/**
 * How far a float may be from the oracle's: {@code absolute + relative * |expected|}.
 */
public record Tolerance(double absolute, double relative) {
  /** Bytes must be equal. */
  public static final Tolerance NONE = new Tolerance(0, 0);

  boolean accepts(float expected, float actual) {
    return Float.compare(expected, actual) == 0
        || Math.abs((double) expected - actual) <= absolute + relative * Math.abs((double) expected);
  }
}
