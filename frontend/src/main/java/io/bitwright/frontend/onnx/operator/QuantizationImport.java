package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** QuantizeLinear of reals and DequantizeLinear of its results, with one scale. */
final class QuantizationImport {
  private QuantizationImport() {}

  static Tensor quantize(OperatorSite site) {
    Feature x = site.feature(0);
    requirePlain(site);
    site.attributes().ignore("saturate");
    return site.result(0, new Op.Quantize(Rounding.TIES_EVEN), List.of(x.node()), type(site, x.node()), x.view());
  }

  /** The type that operands 1 and 2, scale and zero point, give codes of a node's reals. */
  static TensorType type(OperatorSite site, Node reals) {
    Optional<Array> zero = site.optional(2, "the zero point");
    DataType type = zero.map(Array::type).orElse(DataType.UINT8);
    if (type != DataType.INT8 && type != DataType.UINT8) {
      throw site.error(DiagnosticId.UNSUPPORTED_TYPE, site.resultName(0), type.text(), "int8 or uint8");
    }
    return new TensorType(reals.type().shape(), type.element().orElseThrow(), quantization(site, zero));
  }

  private static void requirePlain(OperatorSite site) {
    site.attributes().ignore("axis"); // of scales, of which there is one
    for (String name : List.of("block_size", "output_dtype", "precision")) {
      if (site.attributes().integer(name, 0) != 0) {
        throw site.unsupported("attribute " + name + " is " + site.attributes().integer(name, 0) + " (must be 0)");
      }
    }
  }

  private static Quantization quantization(OperatorSite site, Optional<Array> zero) {
    Array scale = site.reals(1, "the scale");
    if (scale.data().elements() != 1 || zero.filter(z -> z.data().elements() != 1).isPresent()) {
      throw site.unsupported("it has " + scale.data().elements() + " scales (must have 1)");
    }
    float value = scale.real(0);
    if (!(value > 0) || Float.isInfinite(value)) {
      throw site.unsupported("its scale is " + value + " (must be positive and finite)");
    }
    return new Quantization.PerTensor(value, zero.map(z -> (int) z.integer(0)).orElse(0));
  }

  static Tensor dequantize(OperatorSite site) {
    requirePlain(site);
    if (!(site.tensor(0) instanceof Feature x) || !x.node().type().element().is8Bit()) {
      throw site.unsupported("its operand '" + site.operandName(0)
          + "' is neither constant nor quantised by QuantizeLinear");
    }
    requireQuantizedWith(site, x);
    return site.result(new Op.Dequantize(), List.of(x.node()), x.node().type().shape().dims(), x.view());
  }

  /** Refuses a tensor that was not quantised with the scale and zero point of operands 1 and 2. */
  static void requireQuantizedWith(OperatorSite site, Feature x) {
    Quantization own = quantization(site, site.optional(2, "the zero point"));
    if (!own.equals(x.node().type().quantization())) {
      throw site.unsupported("its scale and zero point are not those that its operand was quantised with");
    }
  }
}
