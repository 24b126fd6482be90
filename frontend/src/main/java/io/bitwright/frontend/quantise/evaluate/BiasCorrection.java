package io.bitwright.frontend.quantise.evaluate;

import io.bitwright.frontend.quantise.work.Progress;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerAxis;
import io.bitwright.ir.type.TensorData;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Takes from each bias by how much its channel's mean is off that of the float network, in the order of the network:
 * later operators see earlier ones corrected.
 *
 * <p>Source: Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", arXiv 1906.04721,
 * section 4.2 and appendix D, with means measured instead of computed.
 */
public final class BiasCorrection {
  /** Leaves the sum of products beside the bias room in 32 bits. */
  private static final long LARGEST = 1L << 30;

  private static final long LARGEST_OF_64 = 1L << 45;

  private BiasCorrection() {}

  /**
   * The network with other biases.
   *
   * @param frames  per inference the raw f32 inputs; at least one
   * @param threads  at least 1
   */
  public static Quantized apply(Quantized network, List<List<byte[]>> frames, int threads, Progress progress) {
    return new LockStep(network, frames, threads).walk("correcting biases", BiasCorrection::corrected, progress);
  }

  private static boolean hasBias(Node image) {
    boolean weighted = image.op() instanceof Op.Conv2d || image.op() instanceof Op.DepthwiseConv2d
        || image.op() instanceof Op.FullyConnected;
    return weighted && image.operands().size() > 2 && image.operand(2).isConstant();
  }

  private static Node corrected(LockStep.Step step) {
    Node image = step.image();
    if (!hasBias(image)) {
      return image;
    }
    Node bias = image.operand(2);
    int channels = bias.type().shape().dim(-1);
    double[] expected = means(step.expected(), channels);
    double[] actual = means(step.actual(), channels);
    List<Float> scales = ((PerAxis) bias.type().quantization()).scales();
    ElementType element = bias.type().element();
    long largest = element == ElementType.I64 ? LARGEST_OF_64 : LARGEST;
    long[] codes = new long[channels];
    for (int c = 0; c < channels; c++) {
      long code = bias.constant().code(c) + Math.round((expected[c] - actual[c]) / scales.get(c));
      codes[c] = Math.min(Math.max(code, -largest), largest);
    }
    Op contents = new Op.Constant(bias.name(), TensorData.ofCodes(element, codes));
    Node other = bias.replacedBy(contents, List.of(), bias.type());
    return image.withOperands(List.of(image.operand(0), image.operand(1), other));
  }

  private static double[] means(List<byte[]> frames, int channels) {
    double[] sums = new double[channels];
    long count = 0;
    for (byte[] frame : frames) {
      for (FloatBuffer values = Elements.of(frame); values.hasRemaining(); count++) {
        for (int c = 0; c < channels; c++) {
          sums[c] += values.get();
        }
      }
    }
    for (int c = 0; c < channels; c++) {
      sums[c] /= count;
    }
    return sums;
  }
}
