package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.schema.ElementCodes;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;

/**
 * QUANTIZE (from f32 or codes to codes) and DEQUANTIZE (from codes, and of a constant of float16, to f32). A constant is
 * dequantised at import.
 *
 * <p>Source: tensorflow/lite/kernels/quantize.cc and dequantize.cc; from int8 to int16 tflite-micro's
 * quantize_common.cc.
 */
final class ConversionImport {
  private ConversionImport() {}

  static Node quantize(OperatorSite site) {
    Node x = operand(site);
    if (site.result().isFloat()) {
      throw site.error(DiagnosticId.UNSUPPORTED_TYPE, site.location().node(), "float32", "int8, uint8 or int16");
    }
    boolean wide = x.type().element() == ElementType.I16 || site.result().element() == ElementType.I16;
    if (wide && (x.type().element() == ElementType.U8 || site.result().element() == ElementType.U8)) {
      throw site.unsupported("from " + ElementCodes.name(x.type().element()) + " to "
          + ElementCodes.name(site.result().element()) + " is not supported (int16 goes to and from int8 and float32)");
    }
    return site.node(new Op.Quantize(Rounding.TFLITE), x);
  }

  static Node dequantize(OperatorSite site) {
    site.requireOperands(1, 1);
    if (site.resultElement() != ElementType.F32) {
      throw site.error(DiagnosticId.UNSUPPORTED_TYPE,
          site.location().node(), ElementCodes.name(site.resultElement()), "float32");
    }
    if (site.isNarrowConstant(0)) {
      return site.dequantised(0);
    }
    Node x = operand(site);
    if (x.type().isFloat()) {
      throw site.error(DiagnosticId.UNSUPPORTED_TYPE, x.name(), "float32", "int8, uint8 or int16");
    }
    return site.node(new Op.Dequantize(), x);
  }

  private static Node operand(OperatorSite site) {
    site.requireOperands(1, 1);
    Node x = site.activation(0);
    site.requireResultShape(x.type().shape().dims());
    return x;
  }
}
