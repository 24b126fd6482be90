package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/**
 * The bias of a convolution or fully connected operator, operand 2, which may be left out. Beside int16 operands its
 * element type says how wide the sums are: int64, or int32 where the options' quantized_bias_type is.
 *
 * <p>Source: tensorflow/lite/kernels/conv.cc, depthwise_conv.cc and fully_connected.cc.
 */
final class BiasImport {
  private static final int UNSPECIFIED = 0;
  private static final int INT32 = 2;
  private static final int INT64 = 4;

  private BiasImport() {}

  /**
   * Operands of the node.
   *
   * @param declared  the options' quantized_bias_type, a number of the schema's element types
   * @throws DiagnosticException if the bias has another element type, or the weights a zero point beside int16
   */
  static Node[] operands(OperatorSite site, Node x, Node weights, int channels, int declared) {
    requireCentredWeights(x, weights);
    ElementType element = switch (x.type().element()) {
      case F32 -> ElementType.F32;
      case I16 -> ofWideSums(site, declared);
      default -> ElementType.I32;
    };
    if (site.has(2)) {
      return new Node[] {x, weights, site.bias(2, channels, element)};
    }
    boolean narrowSums = x.type().element() == ElementType.I16 && element == ElementType.I32;
    return narrowSums ? new Node[] {x, weights, zeros(site, channels)} : new Node[] {x, weights};
  }

  private static void requireCentredWeights(Node x, Node weights) {
    TensorType type = weights.type();
    if (x.type().element() == ElementType.I16 && type.isPerTensor() && type.zeroPoint() != 0) {
      throw DiagnosticException.of(DiagnosticId.BAD_QUANTIZATION, weights.location(), weights.name(),
          "has zero point " + type.zeroPoint() + " (must be 0 of weights beside int16)");
    }
  }

  private static ElementType ofWideSums(OperatorSite site, int declared) {
    if (declared != UNSPECIFIED && declared != INT32 && declared != INT64) {
      throw site.unsupported("quantized_bias_type " + declared + " is not supported (must be INT32 or INT64)");
    }
    return declared == INT32 ? ElementType.I32 : ElementType.I64;
  }

  private static Node zeros(OperatorSite site, int channels) {
    String name = site.location().node() + "/bias";
    Op constant = new Op.Constant(name, TensorData.ofInts(new int[channels]));
    return new Node(
        constant, List.of(), TensorType.plain(Shape.of(channels), ElementType.I32), name, site.location(), List.of());
  }
}
