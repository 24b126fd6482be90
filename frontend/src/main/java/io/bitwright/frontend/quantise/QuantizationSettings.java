package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.CalibrationMethod;
import io.bitwright.frontend.quantise.range.RangePolicy;
import java.util.OptionalDouble;

/**
 * How a network is quantised. Immutable.
 *
 * @param ranges  how the ranges of tensors follow from what was observed
 * @param weights  how many scales weights have
 * @param equalisation  where channels are equalised before
 * @param absorbBiases  whether biases far above what they limit move into the next operator
 * @param correctBiases  whether biases make up for what quantisation adds to their channels' means
 * @param activations  which codes the tensors between operators have
 * @param headroom  how many times as far as its range a tensor's codes reach, at least 1; if empty, what suits the width
 *     and the network
 */
public record QuantizationSettings(RangePolicy ranges, WeightScales weights, Equalisation equalisation,
    boolean absorbBiases, boolean correctBiases, ActivationWidth activations,
    OptionalDouble headroom) {
  /** Of the codes that are left an eighth serves what was observed. */
  public static final int MOST_HEADROOM = 8;

  public QuantizationSettings {
    if (headroom.isPresent() && !isHeadroom(headroom.getAsDouble())) {
      throw new IllegalArgumentException(headroom.getAsDouble() + " (must be 1 to " + MOST_HEADROOM + ")");
    }
  }

  /** Whether codes may reach that many times as far as the range. */
  public static boolean isHeadroom(double times) {
    return times >= 1 && times <= MOST_HEADROOM;
  }

  /** For inputs that are made up: ranges reach over all that was observed, nothing is corrected. */
  public static final QuantizationSettings PLAIN = new QuantizationSettings(
      CalibrationMethod.MIN_MAX, WeightScales.PER_CHANNEL, Equalisation.NONE, false, false, ActivationWidth.INT8,
      OptionalDouble.of(1));

  /** For pictures of what the network will see. */
  public static final QuantizationSettings DEFAULT = new QuantizationSettings(
      CalibrationMethod.MSE, WeightScales.PER_CHANNEL, Equalisation.UNLIMITED, false, true, ActivationWidth.INT8,
      OptionalDouble.empty());

  public QuantizationSettings with(RangePolicy other) {
    return new QuantizationSettings(other, weights, equalisation, absorbBiases, correctBiases, activations, headroom);
  }

  public QuantizationSettings with(WeightScales other) {
    return new QuantizationSettings(ranges, other, equalisation, absorbBiases, correctBiases, activations, headroom);
  }

  public QuantizationSettings with(Equalisation other) {
    return new QuantizationSettings(ranges, weights, other, absorbBiases, correctBiases, activations, headroom);
  }

  /** With the headroom that suits it. */
  public QuantizationSettings with(ActivationWidth other) {
    return new QuantizationSettings(
        ranges, weights, equalisation, absorbBiases, correctBiases, other, OptionalDouble.empty());
  }

  public QuantizationSettings withHeadroom(double times) {
    return new QuantizationSettings(
        ranges, weights, equalisation, absorbBiases, correctBiases, activations, OptionalDouble.of(times));
  }

  public QuantizationSettings absorbingBiases(boolean wanted) {
    return new QuantizationSettings(ranges, weights, equalisation, wanted, correctBiases, activations, headroom);
  }

  public QuantizationSettings correctingBiases(boolean wanted) {
    return new QuantizationSettings(ranges, weights, equalisation, absorbBiases, wanted, activations, headroom);
  }
}
