package io.bitwright.frontend.tflite.site;

import io.bitwright.frontend.tflite.schema.ElementCodes;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a tensor's quantisation into the type it has as a feature map or as weights.
 *
 * <p>Source: "TensorFlow Lite 8-bit quantization specification". A feature map has one scale and zero point, which is 0
 * of int16; int8 weights have one, or one scale for each output channel and zero points of 0; uint8 weights have one.
 */
final class QuantizationReader {
  private final FileTensor tensor;

  QuantizationReader(FileTensor tensor) {
    this.tensor = tensor;
  }

  /** Type as a feature map: f32, or 8 or 16 bits quantised as a whole. */
  TensorType feature() {
    if (tensor.element() == ElementType.F32) {
      return TensorType.f32(tensor.shape());
    }
    if (tensor.element() != ElementType.I16) {
      requireEightBits("float32, int8, uint8 or int16");
    }
    int scales = tensor.quantization().scales().count();
    if (scales != 1) {
      throw bad("has " + scales + " scales (a feature map must have 1)");
    }
    if (tensor.element() == ElementType.I16 && zeroPoint(0) != 0) {
      throw bad("has zero point " + zeroPoint(0) + " (must be 0 of int16)");
    }
    return new TensorType(tensor.shape(), tensor.element(), perTensor());
  }

  /** Type as weights whose output channels are the indices of {@code axis}. */
  TensorType weights(int axis) {
    int scales = tensor.quantization().scales().count();
    if (tensor.element() == ElementType.F32 || scales == 1) {
      return feature();
    }
    requireEightBits("float32, int8 or uint8");
    if (axis >= tensor.shape().rank() || scales != tensor.shape().dim(axis)) {
      throw bad("has " + scales + " scales for shape " + FileTensor.bracketed(tensor.shape())
          + " (must be 1, or one for each index of dimension " + axis + ")");
    }
    return new TensorType(tensor.shape(), tensor.element(), perAxis(axis));
  }

  /** Type without meaning beyond the integers: biases, shapes, axes. */
  TensorType plain() {
    return TensorType.plain(tensor.shape(), tensor.element());
  }

  private Quantization perTensor() {
    long zeroPoint = zeroPoint(0);
    if (zeroPoint < tensor.element().min() || zeroPoint > tensor.element().max()) {
      throw bad("has zero point " + zeroPoint + " (must be " + tensor.element().min() + " to "
          + tensor.element().max() + ")");
    }
    return new Quantization.PerTensor(scale(0), (int) zeroPoint);
  }

  private Quantization perAxis(int axis) {
    if (tensor.element() != ElementType.I8) {
      throw bad("has a scale for each channel, which only int8 weights may have");
    }
    if (tensor.quantization().axis() != axis) {
      throw bad("is quantised along dimension " + tensor.quantization().axis() + " (must be " + axis + ")");
    }
    List<Float> scales = new ArrayList<>();
    for (int i = 0; i < tensor.shape().dim(axis); i++) {
      scales.add(scale(i));
      if (zeroPoint(i) != 0) {
        throw bad("has zero point " + zeroPoint(i) + " in channel " + i + " (must be 0 with a scale for each channel)");
      }
    }
    return new Quantization.PerAxis(axis, scales);
  }

  private float scale(int index) {
    float scale = tensor.quantization().scales().f32(index);
    if (!(scale > 0) || Float.isInfinite(scale)) {
      throw bad("has scale " + scale + " (must be positive and finite)");
    }
    return scale;
  }

  private long zeroPoint(int index) {
    int count = tensor.quantization().zeroPoints().count();
    int scales = tensor.quantization().scales().count();
    if (count != 0 && count != scales && count != 1) {
      throw bad("has " + count + " zero points for " + scales + " scales");
    }
    return count == 0 ? 0 : tensor.quantization().zeroPoints().i64(count == 1 ? 0 : index);
  }

  private void requireEightBits(String accepted) {
    if (!tensor.element().is8Bit()) {
      throw DiagnosticException.of(DiagnosticId.UNSUPPORTED_TYPE, tensor.location(), tensor.name(),
          ElementCodes.name(tensor.element()), accepted);
    }
  }

  private DiagnosticException bad(String what) {
    SourceLocation place = tensor.location();
    return DiagnosticException.of(DiagnosticId.BAD_QUANTIZATION, place, tensor.name(), what);
  }
}
