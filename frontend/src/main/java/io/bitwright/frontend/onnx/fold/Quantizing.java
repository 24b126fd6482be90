package io.bitwright.frontend.onnx.fold;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.proto.TensorContents;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Codes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * QuantizeLinear and DequantizeLinear of constants: one scale, one for each index of an axis, or one for each block of
 * neighbours along the axis.
 *
 * @param axis  non-negative
 * @param block  how many neighbours share a scale; 0 where all or one index do
 */
record Quantizing(Array x, Array scale, Array zeroPoint, int axis, int block) {
  Quantizing {
    List<Integer> blocks = new ArrayList<>(x.dims());
    if (block > 0) {
      blocks.set(axis, (x.dims().get(axis) + block - 1) / block);
    }
    int count = scale.data().elements();
    boolean fits = block > 0 ? scale.dims().equals(blocks)
        : scale.rank() <= 1 && (count == 1 || x.rank() > 0 && count == x.dims().get(axis));
    if (!fits || zeroPoint.data().elements() != count) {
      throw new IllegalArgumentException("it has scales of shape " + Shapes.text(scale.dims()) + " for "
          + Shapes.text(x.dims()) + " (must be "
          + (block > 0 ? Shapes.text(blocks) : "one, or one for each index of axis " + axis) + ")");
    }
  }

  static Quantizing of(Folding.Call call) {
    long block = call.attributes().integer("block_size", 0);
    long given = call.attributes().integer("axis", 1);
    int axis = call.x(0).rank() < 2 ? 0 : Shapes.axis(given, call.x(0).rank());
    if (block < 0 || block > Integer.MAX_VALUE || block > 0 && call.x(0).rank() == 0) {
      throw new IllegalArgumentException("attribute block_size is " + block + " (must be at least 0)");
    }
    return new Quantizing(call.x(0), call.x(1), call.optional(2).orElseGet(() -> zeros(call.x(1))), axis, (int) block);
  }

  /** As many zero points as scales. */
  static Array zeros(Array scale) {
    return Array.of("", DataType.INT32, scale.dims(), new long[scale.data().elements()]);
  }

  /** Which scale an element has. */
  private int place(int element) {
    if (scale.data().elements() == 1) {
      return 0;
    }
    int inner = x.dims().subList(axis + 1, x.rank()).stream().reduce(1, Math::multiplyExact);
    int size = x.dims().get(axis);
    int index = element / inner % size;
    if (block == 0) {
      return index;
    }
    return (element / inner / size * scale.dims().get(axis) + index / block) * inner + element % inner;
  }

  /** Reals of codes; they remember their codes where a node's type can have such scales. */
  Array dequantized() {
    float[] values = x.reals();
    float[] scales = scale.reals();
    long[] zeros = zeroPoint.integers();
    for (int i = 0; i < values.length; i++) {
      int place = place(i);
      values[i] = (x.integer(i) - zeros[place]) * scales[place];
    }
    return Array.ofReals("", x.dims(), values).withCodes(block > 0 ? Optional.empty() : codes(scales, zeros));
  }

  private Optional<Codes> codes(float[] scales, long[] zeros) {
    boolean oneZero = Arrays.stream(zeros).allMatch(z -> z == zeros[0]);
    List<Float> all = IntStream.range(0, scales.length).mapToObj(i -> scales[i]).toList();
    boolean positive = all.stream().allMatch(s -> s > 0 && !Float.isInfinite(s));
    if (!oneZero || !positive || x.type() != DataType.INT8 && x.type() != DataType.UINT8
        && x.type() != DataType.INT32) {
      return Optional.empty();
    }
    return Optional.of(new Codes(x.data(), all, (int) zeros[0], axis));
  }

  /** Codes of reals: the quotient in float32, half to even, plus the zero point, limited to the type. */
  Array quantized(Folding.Call call) {
    long given = call.attributes().integer("output_dtype", 0);
    DataType type = call.optional(2).map(Array::type)
        .orElse(given == 0 ? DataType.UINT8 : TensorContents.type((int) Math.min(given, Integer.MAX_VALUE)));
    if (type != DataType.INT8 && type != DataType.UINT8) {
      throw new IllegalArgumentException("it quantises to " + type.text() + " (must be int8 or uint8)");
    }
    call.attributes().integer("precision", 0);
    call.attributes().integer("saturate", 1);
    float[] reals = x.reals();
    long[] codes = new long[reals.length];
    for (int i = 0; i < codes.length; i++) {
      int place = place(i);
      double code = Math.rint(reals[i] / scale.real(place)) + zeroPoint.integer(place);
      codes[i] = (long) Math.max(type.element().orElseThrow().min(),
          Math.min(type.element().orElseThrow().max(), code));
    }
    return Array.of("", type, x.dims(), codes);
  }
}
