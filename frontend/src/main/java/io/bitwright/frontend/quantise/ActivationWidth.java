package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerTensor;

/** Which codes the tensors between operators have; weights are int8 with either. */
public enum ActivationWidth {
  /** int8: from one end of the range to the other. */
  INT8(ElementType.I8, new PerTensor(1f / 256, -128), new PerTensor(1f / 128, 0)) {
    @Override
    float scale(Range range) {
      Range reached = range.union(Range.ZERO);
      return of((double) reached.max() - reached.min(), element().max() - element().min());
    }

    @Override
    PerTensor quantization(Range range, float scale) {
      double lower = Math.min(0, range.min());
      long zeroPoint = Math.round(element().min() - lower / scale);
      return new PerTensor(scale, (int) Math.min(Math.max(zeroPoint, element().min()), element().max()));
    }
  },
  /** int16 around real zero, as TFLite's int16x8 has them. */
  INT16(ElementType.I16, new PerTensor(1f / 32768, 0), new PerTensor(1f / 32768, 0)) {
    @Override
    float scale(Range range) {
      return of(range.magnitude(), element().max());
    }

    @Override
    PerTensor quantization(Range range, float scale) {
      return new PerTensor(scale, 0);
    }
  };

  /** TFLite's quantisation of the logarithms of probabilities, which have no form in 16 bits: from -16 to 0. */
  static final PerTensor LOG_PROBABILITY = new PerTensor(16f / 256, 127);

  /** No scale is smaller, so that products of two are no subnormals of float32. */
  static final float LEAST_SCALE = 0x1p-60f;

  private final ElementType element;
  private final PerTensor probability;
  private final PerTensor hyperbolic;

  ActivationWidth(ElementType element, PerTensor probability, PerTensor hyperbolic) {
    this.element = element;
    this.probability = probability;
    this.hyperbolic = hyperbolic;
  }

  ElementType element() {
    return element;
  }

  /** TFLite's quantisation of probabilities. */
  PerTensor probability() {
    return probability;
  }

  /** TFLite's quantisation of hyperbolic tangents. */
  PerTensor hyperbolic() {
    return hyperbolic;
  }

  /** The scale whose codes reach over a range and zero. A range of zero alone is taken for one up to 1. */
  abstract float scale(Range range);

  /** A scale with the zero point at which the codes reach over a range, rounded. */
  abstract PerTensor quantization(Range range, float scale);

  /**
   * How many times as far as what was observed the codes reach if nobody says otherwise. Two of 16 bits serve inputs of
   * another kind than those of calibration; 8 bits have none to spare, but for networks that answer for many places:
   * what is rare in the calibration inputs is what they look for.
   *
   * @param places  whether the network answers for many places
   */
  double headroom(boolean places) {
    return this == INT16 ? 4 : places ? 1.25 : 1;
  }

  private static float of(double width, double codes) {
    double wanted = width == 0 ? 1 : width;
    return Math.max(LEAST_SCALE, (float) (wanted / codes));
  }
}
