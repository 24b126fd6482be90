package io.bitwright.ir.scalar.function;

import io.bitwright.ir.scalar.Interval;
import io.bitwright.ir.type.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Where the elements of one resized dimension lie among those of the operand: between two neighbours, at the border
 * twice the same one.
 *
 * <p>Source: tensorflow/lite/kernels/internal/reference/resize_bilinear.h, ComputeInterpolationValues and
 * ComputeInterpolationValuesInteger. Where the integer form's rounded scale leads beyond the last index, which the
 * kernel reads all the same, the last one is meant.
 *
 * @param lower  for each output index the lower neighbour
 * @param upper  and the upper one
 * @param fractions  and its distance from the lower one: f32, or i32 in units of 2^-10
 */
public record BilinearAxis(List<Integer> lower, List<Integer> upper, TensorData fractions) {
  /** Fractional bits of the integer form. */
  static final int FRACTION_BITS = 10;

  private static final long ONE = 1 << FRACTION_BITS;

  /** Positions in units of 2^-10, as int8 is interpolated. */
  public static BilinearAxis ofIntegers(int input, int output, boolean alignCorners, boolean halfPixelCenters) {
    boolean aligned = alignCorners && output > 1;
    long from = aligned ? input - 1L : input;
    long to = aligned ? output - 1L : output;
    long scale = (ONE * from + to / 2) / to;
    List<Integer> lower = new ArrayList<>();
    List<Integer> upper = new ArrayList<>();
    int[] fractions = new int[output];
    for (int i = 0; i < output; i++) {
      long position = i * scale + (halfPixelCenters ? scale / 2 - ONE / 2 : 0);
      lower.add((int) Math.min(Math.max(position / ONE, 0), input - 1L));
      upper.add((int) Math.min((position + ONE - 1) / ONE, input - 1L));
      fractions[i] = (int) (position - ONE * lower.get(i));
    }
    return new BilinearAxis(lower, upper, TensorData.ofInts(fractions));
  }

  /** Positions in f32, as uint8 and f32 are interpolated. */
  public static BilinearAxis ofReals(int input, int output, boolean alignCorners, boolean halfPixelCenters) {
    float scale = alignCorners && output > 1 ? (float) (input - 1) / (output - 1) : (float) input / output;
    Function<Integer, Float> position = i -> halfPixelCenters ? (i + 0.5f) * scale - 0.5f : i * scale;
    List<Integer> lower = new ArrayList<>();
    List<Integer> upper = new ArrayList<>();
    float[] fractions = new float[output];
    for (int i = 0; i < output; i++) {
      float at = position.apply(i);
      lower.add(Math.min(Math.max((int) Math.floor(at), 0), input - 1));
      upper.add(Math.min((int) Math.ceil(at), input - 1));
      fractions[i] = at - lower.get(i);
    }
    return new BilinearAxis(lower, upper, TensorData.ofFloats(fractions));
  }

  /** All fractions of the integer form. */
  public Interval interval() {
    Interval all = Interval.point(fractions.code(0));
    for (long code : fractions.codes()) {
      all = all.union(Interval.point(code));
    }
    return all;
  }
}
