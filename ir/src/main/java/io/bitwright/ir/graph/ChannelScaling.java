package io.bitwright.ir.graph;

import io.bitwright.ir.op.Op;

/**
 * A batch normalisation as {@code x * scale + shift}, channel by channel:
 * {@code scale = gamma / sqrt(variance + epsilon)}, {@code shift = beta - mean * scale}, in double.
 */
public record ChannelScaling(double[] scale, double[] shift) {
  /** The factors of a batch normalisation that the verifier accepts. */
  public static ChannelScaling of(Node node) {
    return of(node, ((Op.BatchNorm) node.op()).epsilon());
  }

  private static ChannelScaling of(Node node, float epsilon) {
    float[] mean = node.operand(1).constant().reals();
    float[] variance = node.operand(2).constant().reals();
    float[] beta = node.operand(3).constant().reals();
    double[] scale = new double[mean.length];
    double[] shift = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      double gamma = node.operands().size() > 4 ? node.operand(4).constant().real(c) : 1;
      scale[c] = gamma / Math.sqrt((double) variance[c] + epsilon);
      shift[c] = beta[c] - mean[c] * scale[c];
    }
    return new ChannelScaling(scale, shift);
  }

  /** Whether every factor is a finite float32. */
  static boolean isFinite(Node node, float epsilon) {
    ChannelScaling scaling = of(node, epsilon);
    for (int c = 0; c < scaling.scale.length; c++) {
      if (!Float.isFinite((float) scaling.scale[c]) || !Float.isFinite((float) scaling.shift[c])) {
        return false;
      }
    }
    return true;
  }

  /** The scales rounded to float32. */
  public float[] realScale() {
    return rounded(scale);
  }

  /** The shifts rounded to float32. */
  public float[] realShift() {
    return rounded(shift);
  }

  private static float[] rounded(double[] values) {
    float[] result = new float[values.length];
    for (int c = 0; c < values.length; c++) {
      result[c] = (float) values[c];
    }
    return result;
  }
}
