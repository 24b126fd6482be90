package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Weights and bias of a convolution or fully connected operator in integers: int8, symmetric, a scale for each output
 * channel or the same for all; the bias with the input's scale times that, in 32 bits, or in 64 where the input has 16.
 */
final class WeightCodes {
  private static final int HIGHEST = 127;

  /** Leaves room for the sum of products beside the bias in 32 bits. */
  private static final double LARGEST_BIAS = 0x1p30;

  /** The same within the 47 bits that sums may have before they are scaled. */
  private static final double LARGEST_WIDE_BIAS = 0x1p44;

  private final Node node;
  private final TensorType input;
  private final float[] scales;

  /**
   * Chooses the scales: the largest weight's magnitude / 127, more where the bias would not fit. A channel of zeros
   * takes the largest scale of the others.
   *
   * @param node  f32, finite
   * @param input  its operand's type in codes
   */
  WeightCodes(Node node, TensorType input, WeightScales sharing) {
    this.node = node;
    this.input = input;
    float[] largest = largestByChannel();
    float fallback = largestScale();
    this.scales = new float[largest.length];
    for (int o = 0; o < scales.length; o++) {
      float own = largest[o] == 0 ? fallback : Math.max(ActivationWidth.LEAST_SCALE, largest[o] / HIGHEST);
      double forBias = hasBias() ? Math.abs(bias()[o]) / (largestBias() * input.scale()) : 0;
      scales[o] = (float) Math.max(own, forBias);
    }
    if (sharing == WeightScales.PER_TENSOR) {
      float shared = 0;
      for (float scale : scales) {
        shared = Math.max(shared, scale);
      }
      Arrays.fill(scales, shared);
    }
  }

  private boolean isWide() {
    return input.element() == ElementType.I16;
  }

  private double largestBias() {
    return isWide() ? LARGEST_WIDE_BIAS : LARGEST_BIAS;
  }

  /** The scale of the largest weight. */
  private float largestScale() {
    float largest = Range.of(node.operand(1).constant().toRaw()).magnitude();
    return largest == 0 ? 1f / HIGHEST : Math.max(ActivationWidth.LEAST_SCALE, largest / HIGHEST);
  }

  private float[] largestByChannel() {
    float[] weights = node.operand(1).constant().reals();
    float[] largest = new float[node.type().shape().dim(-1)];
    for (int i = 0; i < weights.length; i++) {
      int o = channel(i, weights.length, largest.length);
      largest[o] = Math.max(largest[o], Math.abs(weights[i]));
    }
    return largest;
  }

  /** The output channel of a weight: the last dimension of depthwise weights, else the first. */
  private int channel(int index, int weights, int channels) {
    return isDepthwise() ? index % channels : index / (weights / channels);
  }

  private boolean isDepthwise() {
    return node.op() instanceof Op.DepthwiseConv2d;
  }

  private boolean hasBias() {
    return node.operands().size() > 2;
  }

  private float[] bias() {
    return node.operand(2).constant().reals();
  }

  /** The constants after the input: weights, and the bias where there is one. */
  List<Node> constants() {
    List<Node> constants = new ArrayList<>(List.of(weights()));
    if (hasBias()) {
      constants.add(biasCodes());
    }
    return constants;
  }

  private Node weights() {
    Node weights = node.operand(1);
    float[] reals = weights.constant().reals();
    byte[] codes = new byte[reals.length];
    for (int i = 0; i < codes.length; i++) {
      long code = Codes.rounded(reals[i] / (double) scales[channel(i, codes.length, scales.length)]);
      codes[i] = (byte) Math.min(Math.max(code, -HIGHEST), HIGHEST);
    }
    return Codes.constant(weights, TensorData.ofBytes(codes),
        new TensorType(weights.type().shape(), ElementType.I8, quantization()));
  }

  /** The scale of a fully connected operator's only channel is one of all weights, as TFLite's files cannot tell these apart. */
  private Quantization quantization() {
    boolean whole = node.op() instanceof Op.FullyConnected && scales.length == 1;
    return whole ? new Quantization.PerTensor(scales[0], 0) : new Quantization.PerAxis(isDepthwise() ? 3 : 0, list(scales));
  }

  private Node biasCodes() {
    Node bias = node.operand(2);
    float[] reals = bias();
    float[] biasScales = new float[reals.length];
    long[] codes = new long[reals.length];
    for (int o = 0; o < codes.length; o++) {
      codes[o] = Codes.rounded(reals[o] / ((double) input.scale() * scales[o]));
      biasScales[o] = input.scale() * scales[o];
    }
    ElementType element = isWide() ? ElementType.I64 : ElementType.I32;
    return Codes.constant(bias, TensorData.ofCodes(element, codes),
        new TensorType(bias.type().shape(), element, new Quantization.PerAxis(0, list(biasScales))));
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
