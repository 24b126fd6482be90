package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.fold.Folding;
import io.bitwright.frontend.onnx.movement.MovementImport;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * QLinearConv, QLinearMatMul, and of com.microsoft QGemm, QLinearAdd and more: operators of codes with their scales as
 * operands. They are read as the float operators between dequantisations and a quantisation that they stand for, which
 * the rewrite to an integer network joins again.
 */
final class QLinearImport {
  private QLinearImport() {}

  /** x, its scale and zero point, w, its scale and zero point, those of y, bias. */
  static Tensor conv(OperatorSite site) {
    site.requireOperands(8, 9);
    List<Optional<Tensor>> operands = new ArrayList<>(List.of(Optional.of(real(site, 0, 1, 2)),
        Optional.of(real(site, 3, 4, 5))));
    if (site.has(8)) {
      operands.add(Optional.of(bias(site, 8)));
    }
    return quantized(site, (Feature) ConvolutionImport.conv(site.on(operands)), 6);
  }

  static Tensor matMul(OperatorSite site) {
    site.requireOperands(8, 8);
    List<Optional<Tensor>> operands = List.of(Optional.of(real(site, 0, 1, 2)), Optional.of(real(site, 3, 4, 5)));
    return quantized(site, (Feature) MatrixImport.matMul(site.on(operands)), 6);
  }

  static Tensor add(OperatorSite site) {
    return elementwise(site, ArithmeticImport::add);
  }

  static Tensor mul(OperatorSite site) {
    return elementwise(site, ArithmeticImport::mul);
  }

  private static Tensor elementwise(OperatorSite site, OperatorImport.Single function) {
    site.requireOperands(7, 8);
    List<Optional<Tensor>> operands = List.of(Optional.of(real(site, 0, 1, 2)), Optional.of(real(site, 3, 4, 5)));
    return quantized(site, (Feature) function.build(site.on(operands)), 6);
  }

  /** A, B, each with scale and zero point, then C or nothing, then those of y, without which the result is real. */
  static Tensor gemm(OperatorSite site) {
    site.requireOperands(6, 9);
    List<Optional<Tensor>> operands = new ArrayList<>(List.of(Optional.of(real(site, 0, 1, 2)),
        Optional.of(real(site, 3, 4, 5))));
    if (site.has(6)) {
      operands.add(Optional.of(bias(site, 6)));
    }
    Tensor real = MatrixImport.gemm(site.on(operands));
    return site.has(7) ? quantized(site, (Feature) real, 7) : real;
  }

  /** A function of one tensor: x, its scale and zero point, those of y. */
  static OperatorImport.Single unary(OperatorImport.Single function) {
    return site -> {
      site.requireOperands(4, 5);
      if (site.attributes().integer("channels_last", 0) != 0) {
        throw site.unsupported("channels_last is 1 (must be 0)");
      }
      List<Optional<Tensor>> operands = List.of(Optional.of(real(site, 0, 1, 2)));
      return quantized(site, (Feature) function.build(site.on(operands)), 3);
    };
  }

  /** The operator set that the softmax follows is an attribute. */
  static Tensor softmax(OperatorSite site) {
    long opset = site.attributes().integer("opset", site.opset());
    if (opset < 13 != site.opset() < 13) {
      throw site.unsupported("opset is " + opset + " in a file of operator set " + site.opset());
    }
    return ReductionImport.softmax(site);
  }

  /** Scale and zero point of y, then each part with its own. */
  static Tensor concat(OperatorSite site) {
    if (site.operands().size() < 5 || site.operands().size() % 3 != 2) {
      throw site.unsupported("it has " + site.operands().size() + " operands (must be 2 and 3 a part)");
    }
    List<Optional<Tensor>> parts = new ArrayList<>();
    for (int i = 2; i < site.operands().size(); i += 3) {
      parts.add(Optional.of(real(site, i, i + 1, i + 2)));
    }
    return quantized(site, (Feature) MovementImport.concat(site.on(parts)), 0);
  }

  /** An operand's reals: a constant's, or a dequantisation of what was quantised with the same scale and zero point. */
  private static Tensor real(OperatorSite site, int codes, int scale, int zeroPoint) {
    if (site.tensor(codes) instanceof Array array) {
      Array scales = site.reals(scale, "a scale");
      int axis = scales.data().elements() > 1 ? weightAxis(site, array) : 0;
      return dequantized(array, scales, site.optional(zeroPoint, "a zero point"), axis);
    }
    List<Optional<Tensor>> operands = new ArrayList<>(List.of(Optional.of(site.tensor(codes)),
        Optional.of(site.tensor(scale))));
    if (site.has(zeroPoint)) {
      operands.add(Optional.of(site.tensor(zeroPoint)));
    }
    Feature x = (Feature) site.tensor(codes);
    QuantizationImport.requireQuantizedWith(site.on(operands), x);
    return new Feature(site.inserted(new Op.Dequantize(), List.of(x.node()), x.node().type().shape().dims()), x.view());
  }

  /** The dimension of output channels: a filter's first, a right matrix's last unless it is transposed. */
  private static int weightAxis(OperatorSite site, Array weights) {
    boolean rows = site.name().equals("QLinearConv")
        || site.name().equals("QGemm") && site.attributes().integer("transB", 0) != 0;
    return rows ? 0 : weights.rank() - 1;
  }

  private static Array dequantized(Array codes, Array scale, Optional<Array> zeroPoint, int axis) {
    return Folding.dequantized(codes, scale, zeroPoint, axis).named(codes.name());
  }

  /** The bias has the scale of the products: that of x times that of each filter. */
  private static Array bias(OperatorSite site, int operand) {
    float x = site.reals(1, "a scale").real(0);
    float[] scales = site.reals(4, "a scale").reals();
    for (int i = 0; i < scales.length; i++) {
      scales[i] *= x;
    }
    Array scale = Array.ofReals("", scales.length == 1 ? List.of() : List.of(scales.length), scales);
    return dequantized(site.constant(operand, "the bias"), scale, Optional.empty(), 0);
  }

  private static Tensor quantized(OperatorSite site, Feature real, int scale) {
    List<Optional<Tensor>> operands = new ArrayList<>(Arrays.asList(Optional.of(real),
        Optional.of(site.tensor(scale))));
    if (site.has(scale + 1)) {
      operands.add(Optional.of(site.tensor(scale + 1)));
    }
    Node plain = real.node().withOrigins(List.of());
    TensorType type = QuantizationImport.type(site.on(operands), plain);
    return site.result(0, new Op.Quantize(Rounding.TIES_EVEN), List.of(plain), type, real.view());
  }
}
