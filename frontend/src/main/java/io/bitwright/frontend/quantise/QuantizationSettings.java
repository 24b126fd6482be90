package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.CalibrationMethod;
import io.bitwright.frontend.quantise.range.RangePolicy;

/**
 * How a network is quantised. Immutable.
 *
 * @param ranges  how the ranges of tensors follow from what was observed
 * @param weights  how many scales weights have
 * @param equalisation  where channels are equalised before
 * @param absorbBiases  whether biases far above what they limit move into the next operator
 * @param correctBiases  whether biases make up for what quantisation adds to their channels' means
 */
public record QuantizationSettings(RangePolicy ranges, WeightScales weights, Equalisation equalisation,
    boolean absorbBiases, boolean correctBiases) {
  /** For inputs that are made up: ranges reach over all that was observed, nothing is corrected. */
  public static final QuantizationSettings PLAIN = new QuantizationSettings(
      CalibrationMethod.MIN_MAX, WeightScales.PER_CHANNEL, Equalisation.NONE, false, false);

  /** For pictures of what the network will see. */
  public static final QuantizationSettings DEFAULT = new QuantizationSettings(
      CalibrationMethod.MSE, WeightScales.PER_CHANNEL, Equalisation.UNLIMITED, false, true);

  public QuantizationSettings with(RangePolicy other) {
    return new QuantizationSettings(other, weights, equalisation, absorbBiases, correctBiases);
  }

  public QuantizationSettings with(WeightScales other) {
    return new QuantizationSettings(ranges, other, equalisation, absorbBiases, correctBiases);
  }

  public QuantizationSettings with(Equalisation other) {
    return new QuantizationSettings(ranges, weights, other, absorbBiases, correctBiases);
  }

  public QuantizationSettings absorbingBiases(boolean wanted) {
    return new QuantizationSettings(ranges, weights, equalisation, wanted, correctBiases);
  }

  public QuantizationSettings correctingBiases(boolean wanted) {
    return new QuantizationSettings(ranges, weights, equalisation, absorbBiases, wanted);
  }
}
