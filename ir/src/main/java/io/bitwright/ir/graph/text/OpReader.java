package io.bitwright.ir.graph.text;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import java.util.List;

/** Makes an operator of its row and attributes; the inverse of {@link OpWriter}. */
final class OpReader {
  private OpReader() {}

  /**
   * The operator.
   *
   * @param operands  give the kernel size of a convolution that does not state it
   * @throws IllegalArgumentException if an attribute's value makes no sense
   */
  static Op read(OpKind kind, Attributes a, List<Node> operands) {
    return switch (kind) {
      case INPUT -> new Op.Input();
      case CONSTANT -> throw new IllegalStateException("a constant has contents");
      case CONV2D -> new Op.Conv2d(window(a, operands), a.integer("groups", 1), a.clamp(), a.rounding());
      case DEPTHWISE_CONV2D ->
          new Op.DepthwiseConv2d(window(a, operands), a.integer("multiplier", 1), a.clamp(), a.rounding());
      case FULLY_CONNECTED -> new Op.FullyConnected(a.clamp(), a.rounding());
      case AVERAGE_POOL2D -> new Op.AveragePool2d(window(a, List.of()), divisor(a), a.clamp());
      case MAX_POOL2D -> new Op.MaxPool2d(window(a, List.of()), a.clamp());
      case MEAN -> new Op.Mean(a.integers("axes"), a.flag("keep_dims"), a.rounding());
      case ADD -> new Op.Add(a.clamp(), a.rounding());
      case MUL -> new Op.Mul(a.clamp(), a.rounding());
      case CONCAT -> new Op.Concat(a.integer("axis"), a.has("interleaved") && a.flag("interleaved"));
      case PAD -> new Op.Pad(a.integers("before"), a.integers("after"), a.number("value"));
      case SLICE -> new Op.Slice(a.integers("begin"), a.integers("extent"));
      case CHANNEL_SHUFFLE -> new Op.ChannelShuffle(a.integer("groups"));
      case ELEMENTWISE ->
          new Op.Elementwise(a.constant("function", BinaryFunction.values()), a.clamp(), a.rounding());
      case TRANSPOSE -> new Op.Transpose(a.integers("order"));
      case GATHER -> new Op.Gather(a.integer("axis"), a.integers("indices"));
      case RESIZE_BILINEAR -> new Op.ResizeBilinear(a.flag("align_corners"), a.flag("half_pixel_centers"));
      case BATCH_NORM -> new Op.BatchNorm(a.real("epsilon"), a.clamp());
      case LOCAL_RESPONSE_NORM ->
          new Op.LocalResponseNorm(a.integer("size"), a.real("alpha"), a.real("beta"), a.real("bias"));
      case RESHAPE -> new Op.Reshape();
      case SOFTMAX -> new Op.Softmax(a.real("beta"));
      case LOG_SOFTMAX -> new Op.LogSoftmax();
      case ARG_MAX -> new Op.ArgMax(a.flag("last"));
      case LOGISTIC -> new Op.Logistic();
      case HARD_SWISH -> new Op.HardSwish();
      case RELU -> new Op.Relu(a.constant("kind", Activation.values()), a.rounding());
      case CLIP -> new Op.Clip(a.limits("limits"), a.rounding());
      case HARD_SIGMOID -> new Op.HardSigmoid();
      case SWISH -> new Op.Swish();
      case TANH -> new Op.Tanh();
      case UNARY -> new Op.Unary(a.constant("function", UnaryFunction.values()), a.rounding());
      case QUANTIZE -> new Op.Quantize(a.rounding());
      case DEQUANTIZE -> new Op.Dequantize();
      case TABLE -> new Op.Table();
    };
  }

  private static Op.Divisor divisor(Attributes a) {
    return a.has("divisor") ? a.constant("divisor", Op.Divisor.values()) : Op.Divisor.INSIDE;
  }

  private static Window window(Attributes a, List<Node> operands) {
    int[] kernel = kernel(a, operands);
    int[] stride = a.pair("stride", 1);
    int[] dilation = a.pair("dilation", 1);
    return new Window(kernel[0], kernel[1], stride[0], stride[1], dilation[0], dilation[1], a.padding());
  }

  private static int[] kernel(Attributes a, List<Node> operands) {
    boolean known = !a.has("kernel") && operands.size() > 1 && operands.get(1).type().shape().rank() == 4;
    if (!known) {
      return a.pair("kernel");
    }
    Shape weights = operands.get(1).type().shape();
    return new int[] {weights.dim(1), weights.dim(2)};
  }
}
