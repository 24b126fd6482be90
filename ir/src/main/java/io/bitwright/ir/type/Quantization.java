package io.bitwright.ir.type;

import java.util.List;

/** How integer codes stand for real numbers: {@code real = scale * (code - zeroPoint)}. */
public sealed interface Quantization {
  /** Codes stand for themselves (float tensors, indices, shapes). */
  record None() implements Quantization {}

  /**
   * One scale and zero point for the whole tensor.
   *
   * @param scale  positive and finite
   * @param zeroPoint  a code of the element type
   */
  record PerTensor(float scale, int zeroPoint) implements Quantization {
    public PerTensor {
      requireScale(scale);
    }
  }

  /**
   * One scale for each index of one dimension; the zero point is 0 (TFLite quantisation specification).
   *
   * @param axis  the dimension
   * @param scales  positive and finite, as many as the dimension has indices
   */
  record PerAxis(int axis, List<Float> scales) implements Quantization {
    public PerAxis {
      scales = List.copyOf(scales);
      scales.forEach(Quantization::requireScale);
      if (axis < 0 || scales.isEmpty()) {
        throw new IllegalArgumentException("axis " + axis + " with " + scales.size() + " scales");
      }
    }
  }

  /** The absence of quantisation. */
  Quantization NONE = new None();

  private static void requireScale(float scale) {
    if (!(scale > 0) || Float.isInfinite(scale)) {
      throw new IllegalArgumentException("scale " + scale + " must be positive and finite");
    }
  }
}
