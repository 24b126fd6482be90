package io.bitwright.frontend.onnx.fold;

import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The arithmetic of shapes and axes that folding and importing share. */
public final class Shapes {
  private Shapes() {}

  /** An axis counted from the end where negative. */
  public static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException("axis " + axis + " is not one of a tensor of rank " + rank);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Different axes, ascending. */
  public static List<Integer> axes(List<Long> axes, int rank) {
    List<Integer> found = axes.stream().map(a -> axis(a, rank)).sorted().distinct().toList();
    if (found.size() != axes.size()) {
      throw new IllegalArgumentException("axes " + axes + " name a dimension twice");
    }
    return found;
  }

  /** {@code [1,3,224,224]}. */
  public static String text(List<Integer> dims) {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  /** Sizes as the file gives them, checked: none negative, together not too many. */
  public static List<Integer> checked(List<Long> dims) {
    if (dims.size() > Limits.RANK) {
      throw new IllegalArgumentException("shape " + dims + " has rank " + dims.size() + " (at most " + Limits.RANK
          + ")");
    }
    long elements = 1;
    for (long dim : dims) {
      if (dim < 0 || dim > Limits.FOLDED_TENSOR || (elements *= Math.max(1, dim)) > Limits.FOLDED_TENSOR) {
        throw new IllegalArgumentException("shape " + dims + " is no shape of at most " + Limits.FOLDED_TENSOR
            + " elements");
      }
    }
    return dims.stream().map(Long::intValue).toList();
  }

  /** The shape that both are repeated to. */
  public static List<Integer> broadcast(List<Integer> a, List<Integer> b) {
    int rank = Math.max(a.size(), b.size());
    List<Long> result = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int left = i < rank - a.size() ? 1 : a.get(i - (rank - a.size()));
      int right = i < rank - b.size() ? 1 : b.get(i - (rank - b.size()));
      if (left != right && left != 1 && right != 1) {
        throw new IllegalArgumentException("shapes " + text(a) + " and " + text(b) + " do not broadcast");
      }
      result.add((long) (left == 1 ? right : left));
    }
    return checked(result);
  }

  /** The target of a Reshape: 0 copies a size unless {@code allowZero}, one -1 takes what is left. */
  public static List<Integer> reshaped(Tensor x, long[] target, boolean allowZero) {
    List<Long> dims = new ArrayList<>();
    long known = 1;
    int open = -1;
    for (int i = 0; i < target.length; i++) {
      long size = target[i] == 0 && !allowZero && i < x.rank() ? x.dims().get(i) : target[i];
      if (size == -1 && open < 0) {
        open = i;
        size = 1;
      }
      dims.add(size);
      known = Math.max(0, size) > Limits.ELEMENTS ? Limits.ELEMENTS + 1 : Math.min(Limits.ELEMENTS + 1, known * size);
    }
    if (open >= 0 && known > 0 && x.elements() % known == 0) {
      dims.set(open, x.elements() / known);
    }
    List<Integer> shape = checked(dims);
    if (shape.stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b) != x.elements()) {
      throw new IllegalArgumentException("a tensor of shape " + text(x.dims()) + " cannot take shape "
          + Arrays.toString(target));
    }
    return shape;
  }

  public static List<Integer> squeezed(List<Integer> dims, List<Integer> axes) {
    List<Integer> result = new ArrayList<>();
    for (int d = 0; d < dims.size(); d++) {
      if (!axes.contains(d)) {
        result.add(dims.get(d));
      } else if (dims.get(d) != 1) {
        throw new IllegalArgumentException("dimension " + d + " of shape " + text(dims) + " is not 1");
      }
    }
    return result;
  }

  /** Dimensions of size 1 put in at some places of the result. */
  public static List<Integer> unsqueezed(List<Integer> dims, List<Long> places) {
    List<Integer> axes = axes(places, dims.size() + places.size());
    List<Long> result = new ArrayList<>();
    int from = 0;
    for (int d = 0; d < dims.size() + axes.size(); d++) {
      result.add((long) (axes.contains(d) ? 1 : dims.get(from++)));
    }
    return checked(result);
  }

  /** Where a slice of one dimension starts, its step, and how much it takes; the rules are numpy's. */
  public record Range(int begin, int step, int count) {
    static Range of(long start, long end, long step, int size) {
      if (step == 0) {
        throw new IllegalArgumentException("a step is 0");
      }
      boolean up = step > 0;
      long first = Math.max(up ? 0 : -1, Math.min(up ? size : size - 1, start < 0 ? Math.max(start, -size - 1L) + size
          : start));
      long last = Math.max(up ? 0 : -1, Math.min(up ? size : size - 1, end < 0 ? Math.max(end, -size - 1L) + size
          : end));
      long span = up ? last - first : first - last;
      long stride = Math.min(Math.abs(Math.max(step, -Limits.ELEMENTS)), Limits.ELEMENTS);
      int count = span <= 0 ? 0 : (int) ((span + stride - 1) / stride);
      return new Range((int) Math.max(0, first), (int) (up ? stride : -stride), count);
    }
  }

  /**
   * A range for each dimension.
   *
   * @param axes  which dimensions are sliced; the first ones where empty
   * @param steps  1 where empty
   */
  public static List<Range> ranges(List<Integer> dims, long[] starts, long[] ends, long[] axes, long[] steps) {
    if (ends.length != starts.length || axes.length > 0 && axes.length != starts.length
        || steps.length > 0 && steps.length != starts.length || starts.length > dims.size()) {
      throw new IllegalArgumentException("its starts, ends, axes and steps are not equally many");
    }
    List<Range> ranges = new ArrayList<>();
    dims.forEach(size -> ranges.add(new Range(0, 1, size)));
    for (int i = 0; i < starts.length; i++) {
      int axis = axes.length == 0 ? i : axis(axes[i], dims.size());
      ranges.set(axis, Range.of(starts[i], ends[i], steps.length == 0 ? 1 : steps[i], dims.get(axis)));
    }
    return ranges;
  }

  /** The elements of an array in some ranges. */
  public static Array sliced(Array x, List<Range> ranges) {
    int[] strides = Array.strides(x.dims());
    int first = 0;
    for (int d = 0; d < strides.length; d++) {
      first += ranges.get(d).count() == 0 ? 0 : ranges.get(d).begin() * strides[d];
      strides[d] *= ranges.get(d).step();
    }
    List<Integer> shape = ranges.stream().map(Range::count).toList();
    return x.picked(shape, Array.positions(shape, strides, first));
  }

  /** How a split divides a dimension. */
  public static List<Integer> parts(int size, List<Long> given, int outputs) {
    if (given.isEmpty()) {
      int part = (size + outputs - 1) / outputs;
      List<Integer> parts = new ArrayList<>();
      for (int i = 0; i < outputs; i++) {
        parts.add(Math.max(0, Math.min(part, size - i * part)));
      }
      return parts;
    }
    long sum = given.stream().mapToLong(p -> p < 0 ? Limits.ELEMENTS : Math.min(p, Limits.ELEMENTS)).sum();
    if (given.size() != outputs || sum != size) {
      throw new IllegalArgumentException("parts " + given + " do not divide " + size + " into " + outputs);
    }
    return given.stream().map(Long::intValue).toList();
  }
}
