package io.bitwright.c.scalar;

/** Notes which small functions a network's source needs, and names them. Grows while kernels are rendered. */
public final class Intrinsics {
  private final String prefix;
  private boolean usesLeadingZeros;
  private boolean usesFromBits;
  private boolean usesToBits;
  private boolean usesReals;
  private boolean usesMath;

  /**
   * Starts with none.
   *
   * @param prefix  the network's name
   */
  public Intrinsics(String prefix) {
    this.prefix = prefix;
  }

  String leadingZeros() {
    usesLeadingZeros = true;
    return prefix + "_leading_zeros";
  }

  String fromBits() {
    usesFromBits = true;
    return prefix + "_float_of_bits";
  }

  String toBits() {
    usesToBits = true;
    return prefix + "_bits_of_float";
  }

  /** A literal, noting what it needs. */
  public String real(float value) {
    usesReals = true;
    usesMath |= Float.isNaN(value) || Float.isInfinite(value);
    return Literals.real(value);
  }

  /** Notes that float arithmetic occurs. */
  public void noteReals() {
    usesReals = true;
  }

  /** {@code -INFINITY}, noting that its header is needed. */
  public String minusInfinity() {
    return real(Float.NEGATIVE_INFINITY);
  }

  public boolean usesLeadingZeros() {
    return usesLeadingZeros;
  }

  public boolean usesFromBits() {
    return usesFromBits;
  }

  public boolean usesToBits() {
    return usesToBits;
  }

  public boolean usesReals() {
    return usesReals || usesFromBits || usesToBits;
  }

  /** Whether INFINITY or NAN occurs. */
  public boolean usesMath() {
    return usesMath;
  }
}
