package io.bitwright.frontend.tflite.movement;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * SLICE, STRIDED_SLICE, GATHER, SPLIT, SPLIT_V and UNPACK: parts of a feature map, codes and quantisation as they are.
 *
 * <p>Source: tensorflow/lite/kernels/slice.cc, strided_slice.cc, gather.cc, split.cc, split_v.cc and unpack.cc.
 */
public final class SliceImport {
  private static final int GATHER_OPTIONS = 23;
  private static final int STRIDED_SLICE_OPTIONS = 32;
  private static final int SPLIT_OPTIONS = 35;
  private static final int UNPACK_OPTIONS = 64;
  private static final int SPLIT_V_OPTIONS = 79;

  private SliceImport() {}

  private static Node operand(OperatorSite site, int operand) {
    Node x = site.activation(operand);
    for (int i = 0; i < site.results(); i++) {
      site.requireSameQuantization(i, x);
    }
    return x;
  }

  private static long[] numbers(OperatorSite site, int operand, int count, String what) {
    long[] values = site.integers(operand).constant().codes();
    if (values.length != count) {
      throw site.badShape("operand " + operand + " has " + values.length + " numbers for " + count + " " + what);
    }
    return values;
  }

  /** Operands: x, where to begin, how much to take, -1 for all of the rest. */
  public static Node slice(OperatorSite site) {
    site.requireOperands(3, 3);
    Node x = operand(site, 0);
    Shape shape = x.type().shape();
    long[] begin = numbers(site, 1, shape.rank(), "dimensions");
    long[] size = numbers(site, 2, shape.rank(), "dimensions");
    List<StridedRange> ranges = new ArrayList<>();
    for (int d = 0; d < shape.rank(); d++) {
      long count = size[d] == -1 ? shape.dim(d) - begin[d] : size[d];
      if (begin[d] < 0 || begin[d] > shape.dim(d) || count < 1 || count > shape.dim(d) - begin[d]) {
        throw site.badShape("it takes " + size[d] + " from index " + begin[d] + " of dimension " + d + " of shape "
            + FileTensor.bracketed(shape));
      }
      ranges.add(new StridedRange((int) begin[d], 1, (int) count));
    }
    return taken(site, x, ranges).result();
  }

  /** Operands: x, where to begin, where to end, strides, each a list for the first dimensions. */
  public static Node stridedSlice(OperatorSite site) {
    if (ShapeFolding.isOfIntegers(site)) {
      return ShapeFolding.stridedSlice(site);
    }
    site.requireOperands(4, 4);
    FlatTable options = site.requiredOptions(STRIDED_SLICE_OPTIONS);
    requireKnownMasks(site, options);
    Node x = operand(site, 0);
    Shape shape = x.type().shape();
    long[] begin = site.integers(1).constant().codes();
    long[] end = numbers(site, 2, begin.length, "dimensions");
    long[] stride = numbers(site, 3, begin.length, "dimensions");
    List<StridedRange> ranges = new ArrayList<>();
    List<Integer> computed = new ArrayList<>();
    for (int i = 0; i < begin.length; i++) {
      if (bit(options, 3, i)) {
        computed.add(1);
        continue;
      }
      if (ranges.size() == shape.rank()) {
        throw site.badShape("it slices more dimensions than shape " + FileTensor.bracketed(shape) + " has");
      }
      int dimension = shape.dim(ranges.size());
      OptionalLong from = bit(options, 0, i) ? OptionalLong.empty() : OptionalLong.of(begin[i]);
      OptionalLong to = bit(options, 1, i) ? OptionalLong.empty() : OptionalLong.of(end[i]);
      boolean shrinks = bit(options, 4, i);
      StridedRange range = shrinks ? StridedRange.element(site, dimension, from, stride[i])
          : StridedRange.of(site, dimension, from, to, stride[i]);
      ranges.add(range);
      if (!shrinks) {
        computed.add(range.count());
      }
    }
    for (int d = ranges.size(); d < shape.rank(); d++) {
      ranges.add(new StridedRange(0, 1, shape.dim(d)));
      computed.add(shape.dim(d));
    }
    site.requireResultShape(computed);
    return taken(site, x, ranges).reshaped(computed).result();
  }

  /** Refuses what no converter writes into a network that we could run. */
  static void requireKnownMasks(OperatorSite site, FlatTable options) {
    if (options.i32(2, 0) != 0) {
      throw site.unsupported("ellipsis_mask is " + options.i32(2, 0) + " (must be 0)");
    }
    if (options.flag(5)) {
      throw site.unsupported("offset is true (must be false)");
    }
  }

  private static boolean bit(FlatTable options, int field, int index) {
    return index < Integer.SIZE && (options.i32(field, 0) >> index & 1) != 0;
  }

  /** A range of each dimension: a box of neighbours, and a choice of indices where they are apart. */
  private static Steps taken(OperatorSite site, Node x, List<StridedRange> ranges) {
    List<Integer> begin = new ArrayList<>();
    List<Integer> extent = new ArrayList<>();
    for (int d = 0; d < ranges.size(); d++) {
      StridedRange range = ranges.get(d);
      if (range.count() == 0) {
        throw site.badShape("it takes nothing of dimension " + d + " of shape " + FileTensor.bracketed(x.type().shape()));
      }
      begin.add(range.isPlain() ? range.begin() : 0);
      extent.add(range.isPlain() ? range.count() : x.type().shape().dim(d));
    }
    Steps steps = new Steps(site, x);
    if (!extent.equals(x.type().shape().dims())) {
      steps.then(new Op.Slice(begin, extent), extent);
    }
    for (int d = 0; d < ranges.size(); d++) {
      if (!ranges.get(d).isPlain()) {
        site.claimIndices(ranges.get(d).count());
        steps.gathered(d, ranges.get(d).indices());
      }
    }
    return steps;
  }

  /** Operands: x, indices of a dimension, which take its place in the result. */
  public static Node gather(OperatorSite site) {
    site.requireOperands(2, 2);
    FlatTable options = site.requiredOptions(GATHER_OPTIONS);
    Node x = operand(site, 0);
    if (options.i32(1, 0) != 0) {
      throw site.unsupported("batch_dims is " + options.i32(1, 0) + " (must be 0)");
    }
    int axis = site.axis(options.i32(0, 0), x.type().shape().rank());
    int size = x.type().shape().dim(axis);
    Node indices = site.integers(1);
    site.claimIndices(indices.type().shape().elements());
    List<Integer> chosen = new ArrayList<>();
    for (long index : indices.constant().codes()) {
      if (index < 0 || index >= size) {
        throw site.badShape("index " + index + " is not one of a dimension of " + size);
      }
      chosen.add((int) index);
    }
    List<Integer> computed = new ArrayList<>(x.type().shape().dims());
    computed.remove(axis);
    computed.addAll(axis, indices.type().shape().dims());
    site.requireResultShape(computed);
    return new Steps(site, x).gathered(axis, chosen).reshaped(computed).result();
  }

  /** Operands: axis, x. As many equal parts as results. */
  public static List<Node> split(OperatorSite site) {
    site.requireOperands(2, 2);
    Node x = operand(site, 1);
    int axis = axis(site, 0, x);
    requireStated(site, site.options(SPLIT_OPTIONS).map(o -> o.i32(0, 0)).orElse(0), "num_splits");
    int whole = x.type().shape().dim(axis);
    if (whole % site.results() != 0) {
      throw site.badShape("dimension " + axis + " of " + whole + " has no " + site.results() + " equal parts");
    }
    return parts(site, x, axis, Collections.nCopies(site.results(), whole / site.results()), false);
  }

  /** Operands: x, sizes of the parts, one of which may be -1, axis. */
  public static List<Node> splitV(OperatorSite site) {
    site.requireOperands(3, 3);
    Node x = operand(site, 0);
    int axis = axis(site, 2, x);
    requireStated(site, site.options(SPLIT_V_OPTIONS).map(o -> o.i32(0, 0)).orElse(0), "num_splits");
    long[] given = numbers(site, 1, site.results(), "results");
    int whole = x.type().shape().dim(axis);
    long listed = 0;
    int open = -1;
    for (int i = 0; i < given.length; i++) {
      boolean rest = given[i] == -1 && open < 0;
      if (!rest && (given[i] < 1 || given[i] > whole)) {
        throw site.badShape("a part of " + given[i] + " is none of dimension " + axis + ", which has " + whole);
      }
      open = rest ? i : open;
      listed += rest ? 0 : given[i];
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      sizes.add((int) (i == open ? Math.max(0, whole - listed) : given[i]));
    }
    if (sizes.stream().mapToLong(s -> s).sum() != whole || sizes.contains(0)) {
      throw site.badShape("its parts of " + sizes + " are not all of dimension " + axis + ", which has " + whole);
    }
    return parts(site, x, axis, sizes, false);
  }

  /** Each index of one dimension by itself, without that dimension. */
  public static List<Node> unpack(OperatorSite site) {
    site.requireOperands(1, 1);
    FlatTable options = site.requiredOptions(UNPACK_OPTIONS);
    Node x = operand(site, 0);
    int axis = site.axis(options.i32(1, 0), x.type().shape().rank());
    requireStated(site, options.i32(0, 0), "num");
    if (x.type().shape().dim(axis) != site.results()) {
      throw site.badShape("dimension " + axis + " has " + x.type().shape().dim(axis) + " indices, it has "
          + site.results() + " results");
    }
    return parts(site, x, axis, Collections.nCopies(site.results(), 1), true);
  }

  private static int axis(OperatorSite site, int operand, Node x) {
    return site.axis(site.singleInteger(operand), x.type().shape().rank());
  }

  private static void requireStated(OperatorSite site, int stated, String attribute) {
    if (stated != site.results()) {
      throw site.unsupported(attribute + " is " + stated + " (must be " + site.results() + ", as many as results)");
    }
  }

  private static List<Node> parts(OperatorSite site, Node x, int axis, List<Integer> sizes, boolean drops) {
    List<Node> results = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      List<StridedRange> ranges = new ArrayList<>();
      x.type().shape().dims().forEach(dim -> ranges.add(new StridedRange(0, 1, dim)));
      ranges.set(axis, new StridedRange(at, 1, size));
      Steps steps = taken(site, x, ranges);
      if (drops) {
        List<Integer> dims = new ArrayList<>(steps.dims());
        dims.remove(axis);
        steps.reshaped(dims);
      }
      results.add(steps.result(results.size()));
      at += size;
    }
    return results;
  }
}
