package io.bitwright.frontend.onnx.tensor;

import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import java.util.List;

/**
 * The codes that a constant was dequantised from: {@code real = scale * (code - zeroPoint)}.
 *
 * @param data  i8, u8 or i32
 * @param scales  one, or one for each index of {@code axis}
 * @param zeroPoint  of all codes
 * @param axis  dimension of the constant that has a scale each
 */
public record Codes(TensorData data, List<Float> scales, int zeroPoint, int axis) {
  public Codes {
    scales = List.copyOf(scales);
  }

  /** The same with unsigned codes as signed ones: 128 less, their zero point too. */
  public Codes signed() {
    return data.element() == ElementType.U8 ? new Codes(data.stored(), scales, zeroPoint - 128, axis) : this;
  }
}
