package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/** Constants in codes. */
final class Codes {
  private Codes() {}

  /** Half away from zero, as TFLite quantises constants. */
  static long rounded(double quotient) {
    return (long) (Math.signum(quotient) * Math.floor(Math.abs(quotient) + 0.5));
  }

  /** The quantisation of a constant as a whole: from its smallest to its largest element, zero included. */
  static PerTensor quantization(Node constant, ActivationWidth width) {
    Range range = Range.of(constant.constant().toRaw());
    return width.quantization(range, width.scale(range));
  }

  /** A constant in codes. */
  static Node of(Node constant, ElementType element, PerTensor quantization) {
    float[] reals = constant.constant().reals();
    long[] codes = new long[reals.length];
    for (int i = 0; i < codes.length; i++) {
      long code = rounded(reals[i] / (double) quantization.scale()) + quantization.zeroPoint();
      codes[i] = Math.min(Math.max(code, element.min()), element.max());
    }
    return constant(constant, TensorData.ofCodes(element, codes),
        new TensorType(constant.type().shape(), element, quantization));
  }

  /** A constant in the place of another. */
  static Node constant(Node replaced, TensorData data, TensorType type) {
    return replaced.replacedBy(new Op.Constant(replaced.name(), data), List.of(), type);
  }
}
