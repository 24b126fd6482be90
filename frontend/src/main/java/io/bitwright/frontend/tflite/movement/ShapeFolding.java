package io.bitwright.frontend.tflite.movement;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;

/**
 * SHAPE, STRIDED_SLICE and PACK where they compute a shape: all shapes are static, so the result is a constant.
 *
 * <p>Converters write {@code PACK(STRIDED_SLICE(SHAPE(x), 0), 1000)} for a reshape that keeps the batch. Taken are i32
 * and i64 lists of up to {@value Limits#FOLDED_ELEMENTS} elements. Source: tensorflow/lite/kernels/shape.cc,
 * strided_slice.cc, pack.cc.
 */
public final class ShapeFolding {
  private static final int STRIDED_SLICE_OPTIONS = 32;
  private static final int PACK_OPTIONS = 59;

  private ShapeFolding() {}

  public static Node shape(OperatorSite site) {
    site.requireOperands(1, 1);
    List<Integer> dims = site.operandShape(0).dims();
    return folded(site, dims.stream().mapToLong(d -> d).toArray(), false);
  }

  public static Node pack(OperatorSite site) {
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
    SliceImport.requireKnownMasks(site, options);
    if (options.i32(3, 0) != 0) {
      throw site.unsupported("new_axis_mask is " + options.i32(3, 0) + " (must be 0 where a shape is computed)");
    }
    Node list = site.integers(0);
    site.requireElement(list, site.resultElement());
    site.requireRank(list, 1);
    long[] values = list.constant().codes();
    boolean shrinks = (options.i32(4, 0) & 1) != 0;
    long stride = site.singleInteger(3);
    OptionalLong begin = (options.i32(0, 0) & 1) != 0 ? OptionalLong.empty() : OptionalLong.of(site.singleInteger(1));
    OptionalLong end = (options.i32(1, 0) & 1) != 0 ? OptionalLong.empty() : OptionalLong.of(site.singleInteger(2));
    StridedRange range = shrinks ? StridedRange.element(site, values.length, begin, stride)
        : StridedRange.of(site, values.length, begin, end, stride);
    return folded(site, range.indices().stream().mapToLong(i -> values[i]).toArray(), shrinks);
  }

  /** Whether the operator computes integers: then it is a shape's. */
  public static boolean isOfIntegers(OperatorSite site) {
    return site.resultElement() == ElementType.I32 || site.resultElement() == ElementType.I64;
  }

  private static Node folded(OperatorSite site, long[] values, boolean isScalar) {
    ElementType element = site.resultElement();
    if (!isOfIntegers(site)) {
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
