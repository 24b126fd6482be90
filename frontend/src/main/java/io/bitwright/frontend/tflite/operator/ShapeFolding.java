package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * SHAPE, STRIDED_SLICE and PACK where they compute a shape: all shapes are static, so the result is a constant.
 *
 * <p>Converters write {@code PACK(STRIDED_SLICE(SHAPE(x), 0), 1000)} for a reshape that keeps the batch. Taken are i32
 * and i64 lists of up to {@value Limits#FOLDED_ELEMENTS} elements. Source: tensorflow/lite/kernels/shape.cc,
 * strided_slice.cc, pack.cc.
 */
final class ShapeFolding {
  private static final int STRIDED_SLICE_OPTIONS = 32;
  private static final int PACK_OPTIONS = 59;

  private ShapeFolding() {}

  static Node shape(OperatorSite site) {
    site.requireOperands(1, 1);
    List<Integer> dims = site.operandShape(0).dims();
    return folded(site, dims.stream().mapToLong(d -> d).toArray(), false);
  }

  static Node pack(OperatorSite site) {
    site.requireOperands(1, Limits.FOLDED_ELEMENTS);
    FlatTable options = site.requiredOptions(PACK_OPTIONS);
    if (options.i32(1, 0) != 0 && options.i32(1, 0) != -1) {
      throw site.unsupported("axis " + options.i32(1, 0) + " is supported for shape computations only as 0");
    }
    long[] packed = new long[site.operands()];
    for (int i = 0; i < packed.length; i++) {
      Node value = site.integers(i);
      site.requireElement(value, site.resultElement());
      site.requireRank(value, 0);
      packed[i] = value.constant().code(0);
    }
    return folded(site, packed, false);
  }

  static Node stridedSlice(OperatorSite site) {
    site.requireOperands(4, 4);
    FlatTable options = site.requiredOptions(STRIDED_SLICE_OPTIONS);
    if (options.i32(2, 0) != 0 || options.i32(3, 0) != 0 || options.flag(5)) {
      throw site.unsupported("ellipsis and new-axis masks and offsets are not supported");
    }
    Node list = site.integers(0);
    site.requireElement(list, site.resultElement());
    site.requireRank(list, 1);
    long[] values = list.constant().codes();
    boolean shrinks = (options.i32(4, 0) & 1) != 0;
    long stride = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, single(site, 3)));
    if (stride == 0 || (shrinks && stride < 0)) {
      throw site.unsupported("stride " + stride + " is not supported");
    }
    Long begin = (options.i32(0, 0) & 1) != 0 ? null : (Long) single(site, 1);
    Long end = (options.i32(1, 0) & 1) != 0 ? null : (Long) single(site, 2);
    return shrinks ? element(site, values, begin) : range(site, values, begin, end, stride);
  }

  private static Node element(OperatorSite site, long[] values, Long begin) {
    long index = begin == null ? 0 : begin < 0 ? begin + values.length : begin;
    if (index < 0 || index >= values.length) {
      throw site.badShape("index " + begin + " is not one of a list of " + values.length);
    }
    return folded(site, new long[] {values[(int) index]}, true);
  }

  private static Node range(OperatorSite site, long[] values, Long begin, Long end, long stride) {
    int lowest = stride > 0 ? 0 : -1;
    int highest = stride > 0 ? values.length : values.length - 1;
    long from = begin == null ? (stride > 0 ? lowest : highest) : limited(begin, values.length, lowest, highest);
    long to = end == null ? (stride > 0 ? highest : lowest) : limited(end, values.length, lowest, highest);
    List<Long> taken = new ArrayList<>();
    for (long i = from; stride > 0 ? i < to : i > to; i += stride) {
      taken.add(values[(int) i]);
    }
    return folded(site, taken.stream().mapToLong(v -> v).toArray(), false);
  }

  private static long limited(long index, int length, int lowest, int highest) {
    long fromStart = index < 0 ? index + length : index;
    return Math.max(lowest, Math.min(highest, fromStart));
  }

  private static long single(OperatorSite site, int operand) {
    Node node = site.integers(operand);
    if (node.type().shape().elements() != 1) {
      throw site.badShape("operand '" + node.name() + "' has shape " + FileTensor.bracketed(node.type().shape())
          + " (must be [1])");
    }
    return node.constant().code(0);
  }

  private static Node folded(OperatorSite site, long[] values, boolean isScalar) {
    ElementType element = site.resultElement();
    if (element != ElementType.I32 && element != ElementType.I64) {
      throw site.unsupported("it is supported only where it computes a shape of type int32 or int64");
    }
    site.requireResultShape(isScalar ? List.of() : List.of(values.length));
    ByteBuffer bytes = ByteBuffer.allocate(values.length * element.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      if (element == ElementType.I64) {
        bytes.putLong(value);
      } else {
        bytes.putInt((int) value);
      }
    }
    return site.folded(TensorData.ofRaw(element, bytes.array()));
  }
}
