package io.bitwright.ir.op;

import java.util.List;

/** The table of operators: mnemonic of the text form, operand names, a sentence for docs/operators.md. */
public enum OpKind {
  INPUT(Op.Input.class, "input", List.of(), "A network input."),
  CONSTANT(Op.Constant.class, "constant", List.of(), "A constant tensor."),
  CONV2D(Op.Conv2d.class, "conv2d", List.of("x", "weights", "bias?"), "Convolution, grouped or dense, weights OHWI."),
  DEPTHWISE_CONV2D(Op.DepthwiseConv2d.class, "depthwise_conv2d", List.of("x", "weights", "bias?"),
      "Depthwise convolution with a channel multiplier, weights 1HWO."),
  FULLY_CONNECTED(Op.FullyConnected.class, "fully_connected", List.of("x", "weights", "bias?"),
      "Matrix product over the last dimension, weights [O, K]."),
  AVERAGE_POOL2D(Op.AveragePool2d.class, "average_pool2d", List.of("x"),
      "Average over a window, padding left out or counted as zeros."),
  MAX_POOL2D(Op.MaxPool2d.class, "max_pool2d", List.of("x"), "Maximum over the taps inside the image."),
  MEAN(Op.Mean.class, "mean", List.of("x"), "Mean over some dimensions."),
  ADD(Op.Add.class, "add", List.of("a", "b"), "Sum of two tensors with broadcast."),
  MUL(Op.Mul.class, "mul", List.of("a", "b"), "Product of two tensors with broadcast."),
  CONCAT(Op.Concat.class, "concat", List.of("x..."),
      "Concatenation along one dimension, one operand after the other or in turns."),
  PAD(Op.Pad.class, "pad", List.of("x"), "Surrounds a tensor with real zero or another constant."),
  SLICE(Op.Slice.class, "slice", List.of("x"), "A box of a tensor."),
  CHANNEL_SHUFFLE(Op.ChannelShuffle.class, "channel_shuffle", List.of("x"),
      "Channels of several groups in turn: the transposition of [groups, n]."),
  ELEMENTWISE(Op.Elementwise.class, "elementwise", List.of("a", "b"),
      "Difference, quotient, smaller, larger or leaky rectification of two tensors with broadcast."),
  TRANSPOSE(Op.Transpose.class, "transpose", List.of("x"), "Dimensions in another order."),
  GATHER(Op.Gather.class, "gather", List.of("x"), "Given indices of one dimension, in any order and repeated."),
  RESIZE_BILINEAR(Op.ResizeBilinear.class, "resize_bilinear", List.of("x"),
      "Another height and width, interpolated linearly along both."),
  BATCH_NORM(Op.BatchNorm.class, "batch_norm", List.of("x", "mean", "variance", "beta", "gamma?"),
      "gamma * (x - mean) / sqrt(variance + epsilon) + beta, channel by channel; f32."),
  LOCAL_RESPONSE_NORM(Op.LocalResponseNorm.class, "local_response_norm", List.of("x"),
      "x / (bias + alpha / size * sum of squares over size neighbouring channels)^beta."),
  RESHAPE(Op.Reshape.class, "reshape", List.of("x"), "The same elements with another shape."),
  SOFTMAX(Op.Softmax.class, "softmax", List.of("x"), "Softmax over the last dimension."),
  LOG_SOFTMAX(Op.LogSoftmax.class, "log_softmax", List.of("x"), "Logarithm of the softmax over the last dimension; f32."),
  ARG_MAX(Op.ArgMax.class, "arg_max", List.of("x"), "Index of the largest element of the last dimension."),
  LOGISTIC(Op.Logistic.class, "logistic", List.of("x"), "Sigmoid."),
  HARD_SWISH(Op.HardSwish.class, "hard_swish", List.of("x"), "x * relu6(x + 3) / 6."),
  RELU(Op.Relu.class, "relu", List.of("x"), "A clamp-like activation as an operator of its own."),
  CLIP(Op.Clip.class, "clip", List.of("x"), "Limits of any value as an operator of its own."),
  HARD_SIGMOID(Op.HardSigmoid.class, "hard_sigmoid", List.of("x"), "relu6(x + 3) / 6."),
  SWISH(Op.Swish.class, "swish", List.of("x"), "x * sigmoid(x)."),
  TANH(Op.Tanh.class, "tanh", List.of("x"), "Hyperbolic tangent."),
  UNARY(Op.Unary.class, "unary", List.of("x"),
      "Magnitude, negative, square, square root, its reciprocal or exponential."),
  QUANTIZE(Op.Quantize.class, "quantize", List.of("x"), "To a quantised type, from f32 or another quantised type."),
  DEQUANTIZE(Op.Dequantize.class, "dequantize", List.of("x"), "From a quantised type to f32."),
  TABLE(Op.Table.class, "table", List.of("x", "table"), "A function of 8-bit codes by a 256-entry table.");

  private final Class<? extends Op> type;
  private final String mnemonic;
  private final List<String> operands;
  private final String sentence;

  OpKind(Class<? extends Op> type, String mnemonic, List<String> operands, String sentence) {
    this.type = type;
    this.mnemonic = mnemonic;
    this.operands = operands;
    this.sentence = sentence;
  }

  /** The row of an operator. */
  public static OpKind of(Op op) {
    for (OpKind kind : values()) {
      if (kind.type == op.getClass()) {
        return kind;
      }
    }
    throw new IllegalStateException("no row for " + op.getClass());
  }

  public Class<? extends Op> type() {
    return type;
  }

  /** As in the text form. */
  public String mnemonic() {
    return mnemonic;
  }

  /** Names in order; a trailing '?' marks an optional one, '...' one or more. */
  public List<String> operands() {
    return operands;
  }

  public String sentence() {
    return sentence;
  }

  /** Fewest operands. */
  public int minOperands() {
    return (int) operands.stream().filter(o -> !o.endsWith("?")).count();
  }

  /** Most operands. */
  public int maxOperands() {
    return operands.stream().anyMatch(o -> o.endsWith("...")) ? Integer.MAX_VALUE : operands.size();
  }
}
