package io.bitwright.frontend.tflite.schema;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.flatbuffer.FlatVector;
import java.util.Optional;

/**
 * The quantisation of a tensor as the file has it, unchecked.
 *
 * @param scales  f32, one for the tensor or one for each index of {@code axis}
 * @param zeroPoints  i64, as many, or none for all zero
 * @param axis  meaningful with several scales only; some writers put nonsense beside a single one
 */
public record FileQuantization(FlatVector scales, FlatVector zeroPoints, int axis) {
  static FileQuantization read(Optional<FlatTable> parameters) {
    return parameters
        .map(p -> new FileQuantization(p.vector(Slots.QUANTIZATION_SCALE, 4),
            p.vector(Slots.QUANTIZATION_ZERO_POINT, 8), p.i32(Slots.QUANTIZATION_DIMENSION, 0)))
        .orElseGet(() -> new FileQuantization(FlatVector.none(), FlatVector.none(), 0));
  }
}
