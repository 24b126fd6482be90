package io.bitwright.frontend.tflite.export;

import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import java.util.Set;

/**
 * The oldest version of each operator that does what is asked; a runtime refuses versions that it does not know.
 *
 * <p>Source: tensorflow/lite/tools/versioning/op_version.cc, GetBuiltinOperatorVersion.
 */
final class OperatorVersions {
  private static final Set<String> SECOND_FOR_INT8 = Set.of(
      "ABS", "ADD", "ARG_MAX", "AVERAGE_POOL_2D", "CONCATENATION", "DEQUANTIZE", "EXP", "GATHER", "LOGISTIC", "LOG_SOFTMAX",
      "MAXIMUM", "MAX_POOL_2D", "MEAN", "MINIMUM", "MUL", "PAD", "PADV2", "RELU", "RELU6", "RSQRT", "SLICE", "SOFTMAX",
      "SUB", "TANH", "TRANSPOSE");

  private OperatorVersions() {}

  /**
   * Of an operator whose version depends on its first operand's type alone, which has rank 4 at most.
   *
   * @param element  of that operand
   */
  static int of(String operator, ElementType element) {
    boolean second = SECOND_FOR_INT8.contains(operator) && element == ElementType.I8
        || operator.equals("RELU") && element == ElementType.U8;
    return second ? 2 : 1;
  }

  static int convolution(ElementType element, int groups) {
    return groups > 1 ? 6 : element == ElementType.I8 ? 3 : 1;
  }

  static int depthwise(ElementType element, Window window) {
    boolean dilated = window.dilationH() != 1 || window.dilationW() != 1;
    return element == ElementType.I8 ? 3 : dilated ? 2 : 1;
  }

  static int fullyConnected(ElementType element, boolean keepsDims) {
    return keepsDims ? 5 : element == ElementType.I8 ? 4 : 1;
  }

  static int resizeBilinear(ElementType element, boolean halfPixelCenters) {
    return halfPixelCenters ? 3 : element == ElementType.I8 ? 2 : 1;
  }

  static int product(TensorType a, TensorType b, TensorType result) {
    boolean grows = result.isPerTensor() && a.scale() * b.scale() / result.scale() >= 1;
    return grows ? 3 : of("MUL", a.element());
  }
}
