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
  static PerTensor quantization(Node constant) {
    Range range = Range.of(constant.constant().toRaw());
    return CodeScale.quantization(range, CodeScale.scale(range));
  }

  /** A constant in int8. */
  static Node of(Node constant, PerTensor quantization) {
    float[] reals = constant.constant().reals();
    byte[] codes = new byte[reals.length];
    for (int i = 0; i < codes.length; i++) {
      long code = rounded(reals[i] / (double) quantization.scale()) + quantization.zeroPoint();
      codes[i] = (byte) Math.min(Math.max(code, ElementType.I8.min()), ElementType.I8.max());
    }
    return constant(constant, TensorData.ofBytes(codes),
        new TensorType(constant.type().shape(), ElementType.I8, quantization));
  }

  /** A constant in the place of another. */
  static Node constant(Node replaced, TensorData data, TensorType type) {
    return replaced.replacedBy(new Op.Constant(replaced.name(), data), List.of(), type);
  }
}
