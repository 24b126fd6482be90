package io.bitwright.frontend.tflite.movement;

import io.bitwright.frontend.tflite.site.OperatorSite;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Indices {@code begin, begin + step, ...} of one dimension, so many that STRIDED_SLICE takes.
 *
 * <p>Source: tensorflow/lite/kernels/internal/strided_slice_logic.h.
 *
 * @param step  not 0
 * @param count  at least 0
 */
record StridedRange(int begin, int step, int count) {
  /**
   * From one index to before another, each counted from the end where negative and then limited to the dimension.
   *
   * @param begin  absent for the first index in the direction of the stride
   * @param end  absent for all of the rest
   */
  static StridedRange of(OperatorSite site, int size, OptionalLong begin, OptionalLong end, long stride) {
    int step = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, stride));
    if (step == 0) {
      throw site.unsupported("stride 0 is not supported (must be positive or negative)");
    }
    int lowest = step > 0 ? 0 : -1;
    int highest = step > 0 ? size : size - 1;
    long from = begin.isPresent() ? limited(begin.getAsLong(), size, lowest, highest) : step > 0 ? lowest : highest;
    long to = end.isPresent() ? limited(end.getAsLong(), size, lowest, highest) : step > 0 ? highest : lowest;
    long distance = step > 0 ? to - from : from - to;
    long count = Math.max(0, (distance + Math.abs((long) step) - 1) / Math.abs((long) step));
    return new StridedRange((int) from, step, (int) count);
  }

  /** The one index that a dimension shrinks to, which must exist. */
  static StridedRange element(OperatorSite site, int size, OptionalLong begin, long stride) {
    if (stride <= 0) {
      throw site.unsupported("stride " + stride + " of a dimension that shrinks is not supported (must be positive)");
    }
    long given = begin.orElse(0);
    long index = given < 0 ? given + size : given;
    if (index < 0 || index >= size) {
      throw site.badShape("index " + given + " is not one of a dimension of " + size);
    }
    return new StridedRange((int) index, 1, 1);
  }

  private static long limited(long index, int size, int lowest, int highest) {
    long fromStart = index < 0 ? index + size : index;
    return Math.max(lowest, Math.min(highest, fromStart));
  }

  /** Whether it is one stretch in ascending order. */
  boolean isPlain() {
    return step == 1 || count == 1;
  }

  List<Integer> indices() {
    return IntStream.range(0, count).mapToObj(i -> begin + i * step).toList();
  }
}
