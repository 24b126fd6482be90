package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import java.util.List;

/**
 * CONV_2D and DEPTHWISE_CONV_2D.
 *
 * <p>Operands: x [N, H, W, C]; weights [O, h, w, C / groups], depthwise [1, h, w, C * multiplier]; bias [O], which may
 * be left out. Source: tensorflow/lite/kernels/conv.cc and depthwise_conv.cc.
 */
final class ConvolutionImport {
  private static final int CONV_OPTIONS = 1;
  private static final int DEPTHWISE_OPTIONS = 2;

  private ConvolutionImport() {}

  static Node conv2d(OperatorSite site) {
    site.requireOperands(2, 3);
    return conv2d(site, site.activation(0));
  }

  /** With this operand in place of the first. */
  static Node conv2d(OperatorSite site, Node x) {
    FlatTable options = site.requiredOptions(CONV_OPTIONS);
    requireInput(site, x);
    Node weights = weights(site, x, 0);
    Shape filter = weights.type().shape();
    int channels = x.type().shape().dim(3);
    int groups = channels / filter.dim(3);
    if (channels % filter.dim(3) != 0 || filter.dim(0) % groups != 0) {
      throw mismatch(site, filter, channels);
    }
    Window window = WindowImport.of(
        site, options, filter.dim(1), filter.dim(2), options.i32(5, 1), options.i32(4, 1)).over(x.type().shape());
    Clamp clamp = FusedActivation.clamp(site, options, 3);
    requireResult(site, x, window, filter.dim(0));
    Node[] operands = BiasImport.operands(site, x, weights, filter.dim(0), options.u8(6, 0));
    return site.node(new Op.Conv2d(window, groups, clamp, Rounding.TFLITE), operands);
  }

  static Node depthwiseConv2d(OperatorSite site) {
    site.requireOperands(2, 3);
    return depthwiseConv2d(site, site.activation(0));
  }

  /** With this operand in place of the first. */
  static Node depthwiseConv2d(OperatorSite site, Node x) {
    FlatTable options = site.requiredOptions(DEPTHWISE_OPTIONS);
    requireInput(site, x);
    Node weights = weights(site, x, 3);
    Shape filter = weights.type().shape();
    int channels = x.type().shape().dim(3);
    if (filter.dim(0) != 1 || filter.dim(3) % channels != 0) {
      throw mismatch(site, filter, channels);
    }
    // The depth_multiplier field of the options is redundant, and wrong in some files: the kernels derive it too.
    int multiplier = filter.dim(3) / channels;
    Window window = WindowImport.of(
        site, options, filter.dim(1), filter.dim(2), options.i32(6, 1), options.i32(5, 1)).over(x.type().shape());
    Clamp clamp = FusedActivation.clamp(site, options, 4);
    requireResult(site, x, window, filter.dim(3));
    Node[] operands = BiasImport.operands(site, x, weights, filter.dim(3), 0);
    return site.node(new Op.DepthwiseConv2d(window, multiplier, clamp, Rounding.TFLITE), operands);
  }

  private static void requireInput(OperatorSite site, Node x) {
    site.requireOperands(2, 3);
    site.requireRank(x, 4);
    site.requireResultElement(x);
  }

  private static Node weights(OperatorSite site, Node x, int axis) {
    Node weights = site.weights(1, axis, x.type().isFloat());
    site.requireElement(weights, elementFor(x));
    site.requireRank(weights, 4);
    return weights;
  }

  /** Element type of the weights. */
  static ElementType elementFor(Node x) {
    return x.type().element() == ElementType.I16 ? ElementType.I8 : x.type().element();
  }

  private static DiagnosticException mismatch(OperatorSite site, Shape filter, int channels) {
    return site.badShape(
        "weights of shape " + FileTensor.bracketed(filter) + " do not fit " + channels + " input channels");
  }

  private static void requireResult(OperatorSite site, Node x, Window window, int channels) {
    Shape in = x.type().shape();
    int height = window.outputH(in.dim(1));
    int width = window.outputW(in.dim(2));
    site.requireResultShape(List.of(in.dim(0), height, width, channels));
  }
}
