package io.bitwright.ir.type;

/** Reals of 16 bits as files have them, IEEE 754 binary16. */
public final class HalfPrecision {
  private HalfPrecision() {}

  /** The f32 of the bits, which holds every one of them exactly. */
  public static float toFloat(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    float magnitude = exponent == 31 ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
        : exponent == 0 ? fraction * 0x1p-24f : (1024 + fraction) * (float) Math.pow(2, exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }
}
