package io.bitwright.frontend.tflite.export;

import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import java.util.Map;
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

  /** Operators that have kernels of int16. Convolutions and QUANTIZE have, by rules of their own. */
  private static final Map<String, Integer> FOR_INT16 = Map.ofEntries(
      Map.entry("ABS", 3), Map.entry("ADD", 3), Map.entry("AVERAGE_POOL_2D", 3), Map.entry("CONCATENATION", 3),
      Map.entry("DEQUANTIZE", 3), Map.entry("GATHER", 4), Map.entry("LEAKY_RELU", 2), Map.entry("LOGISTIC", 3), Map.entry("MAXIMUM", 4),
      Map.entry("MAX_POOL_2D", 3), Map.entry("MEAN", 3), Map.entry("MINIMUM", 4), Map.entry("MUL", 4),
      Map.entry("PAD", 3), Map.entry("PADV2", 3), Map.entry("RELU", 3), Map.entry("RELU6", 3),
      Map.entry("RESHAPE", 1), Map.entry("SLICE", 4), Map.entry("SOFTMAX", 3), Map.entry("SQUEEZE", 1),
      Map.entry("SUB", 5), Map.entry("TANH", 3), Map.entry("TRANSPOSE", 5));

  private OperatorVersions() {}

  /** Whether an operator whose version depends on its first operand's type alone has kernels for it. */
  static boolean exists(String operator, ElementType element) {
    return element != ElementType.I16 || FOR_INT16.containsKey(operator);
  }

  /**
   * Of an operator whose version depends on its first operand's type alone, which has rank 4 at most.
   *
   * @param element  of that operand
   */
  static int of(String operator, ElementType element) {
    if (element == ElementType.I16) {
      return FOR_INT16.getOrDefault(operator, 1);
    }
    boolean second = SECOND_FOR_INT8.contains(operator) && element == ElementType.I8
        || operator.equals("RELU") && element == ElementType.U8;
    return second ? 2 : 1;
  }

  static int convolution(ElementType element, int groups) {
    return groups > 1 ? 6 : element == ElementType.I16 ? 4 : element == ElementType.I8 ? 3 : 1;
  }

  static int depthwise(ElementType element, Window window) {
    boolean dilated = window.dilationH() != 1 || window.dilationW() != 1;
    return element == ElementType.I16 ? 5 : element == ElementType.I8 ? 3 : dilated ? 2 : 1;
  }

  static int fullyConnected(ElementType element, boolean keepsDims) {
    return element == ElementType.I16 ? 7 : keepsDims ? 5 : element == ElementType.I8 ? 4 : 1;
  }

  static int resizeBilinear(ElementType element, boolean halfPixelCenters) {
    return element == ElementType.I16 ? 4 : halfPixelCenters ? 3 : element == ElementType.I8 ? 2 : 1;
  }

  static int quantize(ElementType result) {
    return result == ElementType.I16 ? 2 : 1;
  }

  static int product(TensorType a, TensorType b, TensorType result) {
    if (a.element() == ElementType.I16) {
      return of("MUL", a.element());
    }
    boolean grows = result.isPerTensor() && a.scale() * b.scale() / result.scale() >= 1;
    return grows ? 3 : of("MUL", a.element());
  }
}
