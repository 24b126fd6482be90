package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.fold.Folding;
import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * ConvInteger and MatMulInteger: sums of products of codes less their zero points, as int32. They are read as the float
 * operators between a dequantisation and a conversion to accumulators, which the rewrite to an integer network joins.
 */
final class IntegerImport {
  private IntegerImport() {}

  static Tensor conv(OperatorSite site) {
    return accumulated(site, ConvolutionImport::conv);
  }

  static Tensor matMul(OperatorSite site) {
    return accumulated(site, MatrixImport::matMul);
  }

  private static Tensor accumulated(OperatorSite site, OperatorImport.Single function) {
    site.requireOperands(2, 4);
    List<Optional<Tensor>> operands = List.of(Optional.of(codes(site)), Optional.of(weights(site)));
    Feature real = (Feature) function.build(site.on(operands));
    Node plain = real.node().withOrigins(List.of());
    float scale = site.any(0).node().type().scale();
    TensorType type = TensorType.quantized(plain.type().shape(), ElementType.I32, scale, 0);
    return site.result(0, new Op.Quantize(Rounding.TIES_EVEN), List.of(plain), type, real.view());
  }

  private static Tensor codes(OperatorSite site) {
    Feature x = site.any(0);
    TensorType type = x.node().type();
    if (!type.element().is8Bit() || !(type.quantization() instanceof PerTensor)) {
      throw site.error(DiagnosticId.UNSUPPORTED_TYPE, site.operandName(0), x.type().text(),
          "int8 or uint8");
    }
    int zero = zeroPoint(site, 2);
    if (zero != type.zeroPoint()) {
      throw site.unsupported("its zero point " + zero + " is not the " + type.zeroPoint()
          + " that its operand was quantised with");
    }
    return new Feature(site.inserted(new Op.Dequantize(), List.of(x.node()), type.shape().dims()), x.view());
  }

  private static Array weights(OperatorSite site) {
    Array weights = site.constant(1, "the weights");
    if (weights.type() != DataType.INT8 && weights.type() != DataType.UINT8) {
      throw site.error(DiagnosticId.UNSUPPORTED_TYPE, site.operandName(1), weights.type().text(),
          "int8 or uint8");
    }
    Array zero = Array.of("", weights.type(), List.of(), zeroPoint(site, 3));
    return Folding.dequantized(weights, Array.ofReals("", List.of(), 1), Optional.of(zero), 0).named(weights.name());
  }

  /** One zero point for the whole tensor, 0 where it is left out. */
  private static int zeroPoint(OperatorSite site, int operand) {
    Optional<Array> zero = site.optional(operand, "a zero point");
    if (zero.filter(z -> z.data().elements() < 1 || !z.isUniform()).isPresent()) {
      throw site.unsupported("it has " + zero.get().data().elements() + " zero points (must have 1, or equal ones)");
    }
    return zero.map(z -> (int) z.integer(0)).orElse(0);
  }
}
