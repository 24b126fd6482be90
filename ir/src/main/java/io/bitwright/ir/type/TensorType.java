package io.bitwright.ir.type;

import java.util.Objects;

/**
 * Everything static about a tensor. Two tensors may share memory without conversion exactly when these are equal.
 *
 * @param shape  static shape
 * @param element  element type
 * @param quantization  meaning of the codes; none for f32
 */
public record TensorType(Shape shape, ElementType element, Quantization quantization) {
  public TensorType {
    Objects.requireNonNull(shape);
    Objects.requireNonNull(element);
    if (element == ElementType.F32 && !(quantization instanceof Quantization.None)) {
      throw new IllegalArgumentException("an f32 tensor has no quantisation");
    }
    if (quantization instanceof Quantization.PerTensor q
        && (q.zeroPoint() < element.min() || q.zeroPoint() > element.max())) {
      throw new IllegalArgumentException("zero point " + q.zeroPoint() + " is not a code of " + element.text());
    }
    if (quantization instanceof Quantization.PerAxis q
        && (q.axis() >= shape.rank() || q.scales().size() != shape.dim(q.axis()))) {
      throw new IllegalArgumentException(
          q.scales().size() + " scales on axis " + q.axis() + " of shape " + shape);
    }
  }

  public static TensorType f32(Shape shape) {
    return new TensorType(shape, ElementType.F32, Quantization.NONE);
  }

  public static TensorType quantized(Shape shape, ElementType element, float scale, int zeroPoint) {
    return new TensorType(shape, element, new Quantization.PerTensor(scale, zeroPoint));
  }

  /** An integer tensor without scale, such as a bias or a shape. */
  public static TensorType plain(Shape shape, ElementType element) {
    return new TensorType(shape, element, Quantization.NONE);
  }

  public TensorType withShape(Shape other) {
    return new TensorType(other, element, quantization);
  }

  public boolean isFloat() {
    return element == ElementType.F32;
  }

  /** The scale of a tensor quantised as a whole. */
  public float scale() {
    return perTensor().scale();
  }

  /** The zero point of a tensor quantised as a whole. */
  public int zeroPoint() {
    return perTensor().zeroPoint();
  }

  /** The quantisation of stored codes: unsigned codes are stored minus 128. */
  public Quantization.PerTensor stored() {
    return new Quantization.PerTensor(scale(), zeroPoint() - storedOffset());
  }

  /** Model code minus stored code: 128 for u8, else 0. */
  public int storedOffset() {
    return element == ElementType.U8 ? 128 : 0;
  }

  public boolean isPerTensor() {
    return quantization instanceof Quantization.PerTensor;
  }

  private Quantization.PerTensor perTensor() {
    if (quantization instanceof Quantization.PerTensor q) {
      return q;
    }
    throw new IllegalStateException("not quantised per tensor: " + this);
  }

  public int sizeBytes() {
    return Math.multiplyExact(shape.elements(), element.sizeBytes());
  }
}
