package io.bitwright.ir.scalar;

import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.scalar.Scalar.Value;
import java.util.List;
import java.util.function.ToLongFunction;

/** The fixed-point arithmetic under all quantised operators; docs/semantics.md states the formulas. */
public final class Requantization {
  /** The largest shift of a scale of 64-bit sums. */
  private static final int LARGEST_WIDE_SHIFT = 14;

  private final ScalarBuilder b;

  public Requantization(ScalarBuilder builder) {
    this.b = builder;
  }

  /** {@code round(x * scale)}. */
  public Value scale(Value x, FixedPoint scale, Rounding rounding) {
    return scale(x, List.of(scale), b.constant(0), rounding);
  }

  /**
   * {@code round(x * scales[channel])}.
   *
   * @param scales  one for all channels or one a channel
   * @param channel  index in [0, scales.size())
   */
  Value scale(Value x, List<FixedPoint> scales, Value channel, Rounding rounding) {
    Value saturated = saturate32(x);
    return switch (rounding) {
      case TFLITE -> doubleRounding(saturated, scales, channel);
      case SINGLE -> singleRounding(saturated, scales, channel);
      case TIES_EVEN -> tiesToEven(saturated, scales, channel);
    };
  }

  /**
   * {@code round(x * scales[channel])} of a sum that TFLite keeps in 64 bits: its kernels shorten the multiplier to 16
   * bits and round once, half up, in both of their roundings.
   *
   * @throws IllegalArgumentException if a scale is 2^14 or more
   */
  Value scaleWide(Value x, List<FixedPoint> scales, Value channel, Rounding rounding) {
    if (scales.stream().anyMatch(s -> s.shift() > LARGEST_WIDE_SHIFT)) {
      throw new IllegalArgumentException("a scale is too large for a sum of 64 bits (must be below 2^14)");
    }
    if (rounding == Rounding.TIES_EVEN) {
      return tiesToEven(x, scales, channel);
    }
    Value multiplier = perChannel("multiplier", scales, FixedPoint::multiplier16, channel);
    Value shift = perChannel("total_shift", scales, s -> 15L - s.shift(), channel);
    Value half = perChannel("half", scales, s -> 1L << (14 - s.shift()), channel);
    return b.shr(b.add(b.mul(x, multiplier), half), shift);
  }

  /** MultiplyByQuantizedMultiplier of the TFLite reference kernels: a rounding at 31 bits, then one at the shift. */
  private Value doubleRounding(Value x, List<FixedPoint> scales, Value channel) {
    Value left = perChannel("left_shift", scales, FixedPoint::leftShift, channel);
    Value right = perChannel("right_shift", scales, FixedPoint::rightShift, channel);
    Value multiplier = perChannel("multiplier", scales, FixedPoint::multiplier, channel);
    return divideByPowerOfTwo(highMultiply(saturate32(b.shl(x, left)), multiplier), right);
  }

  private Value singleRounding(Value x, List<FixedPoint> scales, Value channel) {
    Value multiplier = perChannel("multiplier", scales, FixedPoint::multiplier, channel);
    Value shift = perChannel("total_shift", scales, s -> 31L - s.shift(), channel);
    Value half = perChannel("half", scales, s -> s.shift() >= 31 ? 0 : 1L << (30 - s.shift()), channel);
    return b.shr(b.add(b.mul(x, multiplier), half), shift);
  }

  private Value tiesToEven(Value x, List<FixedPoint> scales, Value channel) {
    Value multiplier = perChannel("multiplier", scales, FixedPoint::multiplier, channel);
    Value shift = perChannel("total_shift", scales, s -> 31L - s.shift(), channel);
    Value belowHalf = perChannel("below_half", scales, s -> s.shift() >= 31 ? 0 : (1L << (30 - s.shift())) - 1, channel);
    Value product = b.mul(x, multiplier);
    Value odd = b.lowBits(b.shr(product, shift), 1);
    Value rounded = b.shr(b.add(b.add(product, belowHalf), odd), shift);
    boolean shiftless = scales.stream().allMatch(s -> s.shift() >= 31);
    return shiftless ? product : rounded;
  }

  private Value perChannel(String name, List<FixedPoint> scales, ToLongFunction<FixedPoint> part, Value channel) {
    long[] entries = scales.stream().mapToLong(part).toArray();
    return scales.size() == 1 ? b.constant(entries[0]) : b.lookup(new LookupTable(name, entries), channel);
  }

  /** gemmlowp's SaturatingRoundingDoublingHighMul for a non-negative or not both minimal pair: {@code floor(x * m / 2^31 + 1/2)}. */
  public Value highMultiply(Value x, Value m) {
    return b.shr(b.add(b.mul(x, m), 1L << 30), b.constant(31));
  }

  /** The same at 16 bits. */
  Value highMultiply16(Value x, Value m) {
    return b.shr(b.add(b.mul(x, m), 1L << 14), b.constant(15));
  }

  /** gemmlowp's RoundingDivideByPOT: {@code x / 2^exponent} rounded half away from zero. */
  public Value divideByPowerOfTwo(Value x, Value exponent) {
    if (exponent.interval().equals(Interval.point(0))) {
      return x;
    }
    Value half = b.shr(b.shl(b.constant(1), exponent), b.constant(1));
    Value negative = b.less(x, b.constant(0));
    Value nudge = exponent.interval().lo() > 0 ? negative : b.min(negative, exponent);
    return b.shr(b.sub(b.add(x, half), nudge), exponent);
  }

  public Value divideByPowerOfTwo(Value x, int exponent) {
    return divideByPowerOfTwo(x, b.constant(exponent));
  }

  /** Limits to 32 bits, where TFLite's own int32 would overflow. */
  public Value saturate32(Value x) {
    return b.clamp(x, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  Value saturate16(Value x) {
    return b.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
