package io.bitwright.ir.op;

import io.bitwright.ir.type.TensorData;
import java.util.List;
import java.util.OptionalDouble;

/**
 * An operator: attributes only. Operands and result type belong to the node; {@link OpKind} names the operands.
 *
 * <p>Feature maps are NHWC. {@code clamp} limits the result in codes of the output type (f32: reals).
 */
public sealed interface Op {
  /** A network input. */
  record Input() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A constant tensor; {@code name} is as in the source, for readers only. */
  record Constant(String name, TensorData data) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Convolution; weights OHWI with I = input channels / groups; bias [O]. */
  record Conv2d(Window window, int groups, Clamp clamp, Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Depthwise convolution; weights 1HWO with O = input channels * multiplier, output channel = input channel * multiplier + m. */
  record DepthwiseConv2d(Window window, int multiplier, Clamp clamp, Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Matrix product over the last dimension: x [..., K], weights [O, K], bias [O] gives [..., O]. */
  record FullyConnected(Clamp clamp, Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** What an average pool divides by: the taps inside the image, or all of the window, padding counting as real zeros. */
  enum Divisor {
    INSIDE,
    WINDOW
  }

  /** Average over a window. */
  record AveragePool2d(Window window, Divisor divisor, Clamp clamp) implements Op {
    /** Over the taps inside the image. */
    public AveragePool2d(Window window, Clamp clamp) {
      this(window, Divisor.INSIDE, clamp);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Maximum over the taps inside the image. */
  record MaxPool2d(Window window, Clamp clamp) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Mean over some dimensions; {@code axes} ascending, non-negative. Removed dimensions show in the result's shape. */
  record Mean(List<Integer> axes, boolean keepDims, Rounding rounding) implements Op {
    public Mean {
      axes = List.copyOf(axes);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Sum of two tensors; dimensions of size 1 broadcast. */
  record Add(Clamp clamp, Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Product of two tensors; dimensions of size 1 broadcast. */
  record Mul(Clamp clamp, Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Concatenation along {@code axis} (non-negative) of one or more operands.
   *
   * @param interleaved  whether the operands take turns, element by element along the axis, the last dimension, instead of
   *     standing one after the other: output c is element {@code c / n} of operand {@code c % n} of n
   */
  record Concat(int axis, boolean interleaved) implements Op {
    /** One after the other. */
    public Concat(int axis) {
      this(axis, false);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Surrounds a tensor; one entry per dimension.
   *
   * @param value  what with, in codes of the type (f32: reals); absent for real zero, the zero point
   */
  record Pad(List<Integer> before, List<Integer> after, OptionalDouble value) implements Op {
    /** With real zero. */
    public Pad(List<Integer> before, List<Integer> after) {
      this(before, after, OptionalDouble.empty());
    }

    public Pad {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The box of {@code extent} elements that starts at {@code begin}; one entry per dimension. */
  record Slice(List<Integer> begin, List<Integer> extent) implements Op {
    public Slice {
      begin = List.copyOf(begin);
      extent = List.copyOf(extent);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Channels (last dimension) seen as [groups, n], transposed: output c is input {@code (c % groups) * n + c / groups}. */
  record ChannelShuffle(int groups) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A function of two tensors, either of which may be constant; dimensions of size 1 broadcast. */
  record Elementwise(BinaryFunction function, Clamp clamp, Rounding rounding) implements Op {
    /** Without limits; rounding is for codes only. */
    public Elementwise(BinaryFunction function) {
      this(function, Clamp.NONE, Rounding.TFLITE);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The result's dimension i is the operand's dimension {@code order.get(i)}. */
  record Transpose(List<Integer> order) implements Op {
    public Transpose {
      order = List.copyOf(order);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Index i of the result's dimension {@code axis} is index {@code indices.get(i)} of the operand's. */
  record Gather(int axis, List<Integer> indices) implements Op {
    public Gather {
      indices = List.copyOf(indices);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Another height and width, each element from up to four neighbours; {@code alignCorners}: the corners of both maps
   * coincide, {@code halfPixelCenters}: pixels are squares, not points.
   */
  record ResizeBilinear(boolean alignCorners, boolean halfPixelCenters) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code gamma * (x - mean) / sqrt(variance + epsilon) + beta} with constants for each channel (last dimension); f32. */
  record BatchNorm(float epsilon, Clamp clamp) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code x / (bias + alpha / size * sum x^2)^beta}, the sum over {@code size} neighbouring channels:
   * {@code (size - 1) / 2} before, {@code size / 2} after, those outside left out.
   */
  record LocalResponseNorm(int size, float alpha, float beta, float bias) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The same elements in the same order with the result's shape. */
  record Reshape() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Softmax over the last dimension of {@code beta * x}. */
  record Softmax(float beta) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The logarithm of the softmax over the last dimension; f32. */
  record LogSoftmax() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Index of the largest element of the last dimension, which the i32 result lacks; {@code last}: the last of equal ones. */
  record ArgMax(boolean last) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Sigmoid. */
  record Logistic() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code x * relu6(x + 3) / 6}. */
  record HardSwish() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A clamp-like activation as an operator of its own; requantises where scales differ. */
  record Relu(Activation activation, Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Limits of any value, in reals whatever the type; requantises where scales differ. */
  record Clip(Clamp limits, Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code relu6(x + 3) / 6}. */
  record HardSigmoid() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code x * sigmoid(x)}. */
  record Swish() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Hyperbolic tangent. */
  record Tanh() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A function of one tensor, element by element. */
  record Unary(UnaryFunction function, Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** To a quantised type: from f32, or from another quantised type. */
  record Quantize(Rounding rounding) implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** From a quantised type to f32. */
  record Dequantize() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An arbitrary function of 8-bit codes; the table operand's entry i is the result for the i-th smallest code. */
  record Table() implements Op {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  <R> R accept(Visitor<R> visitor);

  /** Limits of the result; those operators have them that name them. */
  default Clamp clamp() { return Clamp.NONE; }

  /** One method an operator and no defaults, so that javac lists what a new operator still lacks. */
  interface Visitor<R> {
    R visit(Input op);
    R visit(Constant op);
    R visit(Conv2d op);
    R visit(DepthwiseConv2d op);
    R visit(FullyConnected op);
    R visit(AveragePool2d op);
    R visit(MaxPool2d op);
    R visit(Mean op);
    R visit(Add op);
    R visit(Mul op);
    R visit(Concat op);
    R visit(Pad op);
    R visit(Slice op);
    R visit(ChannelShuffle op);
    R visit(Elementwise op);
    R visit(Transpose op);
    R visit(Gather op);
    R visit(ResizeBilinear op);
    R visit(BatchNorm op);
    R visit(LocalResponseNorm op);
    R visit(Reshape op);
    R visit(Softmax op);
    R visit(LogSoftmax op);
    R visit(ArgMax op);
    R visit(Logistic op);
    R visit(HardSwish op);
    R visit(Relu op);
    R visit(Clip op);
    R visit(HardSigmoid op);
    R visit(Swish op);
    R visit(Tanh op);
    R visit(Unary op);
    R visit(Quantize op);
    R visit(Dequantize op);
    R visit(Table op);
  }
}
