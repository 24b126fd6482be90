package io.bitwright.frontend.tflite.export;

import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;

/**
 * How far two results are apart.
 *
 * @param codes  largest difference of two codes
 * @param reals  largest difference of two f32, over the largest magnitude of all and 1
 * @param differing  elements that differ
 * @param elements  elements compared
 */
record Difference(long codes, double reals, long differing, long elements) {
  static final Difference NONE = new Difference(0, 0, 0, 0);

  /** Nothing to compare with. */
  static final Difference MISSING = new Difference(Long.MAX_VALUE, Double.POSITIVE_INFINITY, 1, 0);

  static Difference of(TensorType type, byte[] a, byte[] b) {
    if (a.length != b.length) {
      return MISSING;
    }
    TensorData left = TensorData.ofRaw(type.element(), a);
    TensorData right = TensorData.ofRaw(type.element(), b);
    return type.isFloat() ? ofReals(left.reals(), right.reals()) : ofCodes(left.codes(), right.codes());
  }

  private static Difference ofCodes(long[] a, long[] b) {
    long most = 0;
    int differing = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
      differing += a[i] == b[i] ? 0 : 1;
    }
    return new Difference(most, 0, differing, a.length);
  }

  private static Difference ofReals(float[] a, float[] b) {
    double most = 0;
    double magnitude = 1;
    int differing = 0;
    for (int i = 0; i < a.length; i++) {
      magnitude = Math.max(magnitude, Float.isFinite(a[i]) ? Math.abs(a[i]) : 1);
      if (a[i] == b[i] || Float.isNaN(a[i]) && Float.isNaN(b[i])) {
        continue;
      }
      double apart = Math.abs((double) a[i] - b[i]);
      most = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(most, apart);
      differing++;
    }
    return new Difference(0, most / magnitude, differing, a.length);
  }

  /** Of both together. */
  Difference and(Difference other) {
    return new Difference(Math.max(codes, other.codes), Math.max(reals, other.reals), differing + other.differing,
        elements + other.elements);
  }
}
