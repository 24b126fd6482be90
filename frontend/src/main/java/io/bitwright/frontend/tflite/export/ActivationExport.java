package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.ElementCodes;
import io.bitwright.frontend.tflite.schema.OptionTypes;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.scalar.FixedPoint;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/** Functions of one element, rows' functions, and changes of type. */
final class ActivationExport {
  private final ExportSite site;
  private final TensorType x;

  ActivationExport(ExportSite site) {
    this.site = site;
    this.x = site.operandType(0);
  }

  void softmax(Op.Softmax op) {
    site.unary("SOFTMAX", Options.of(OptionTypes.SOFTMAX).f32(0, op.beta()));
  }

  void argMax(Op.ArgMax op) {
    if (op.last()) {
      site.refuse("it takes the last of equal elements (must be the first)");
    }
    int axis = site.integers("axis", List.of(x.shape().rank() - 1));
    site.operator("ARG_MAX", List.of(site.operand(0), axis), site.result(),
        Options.of(OptionTypes.ARG_MAX).u8(0, ElementCodes.number(ElementType.I32)));
  }

  void localResponseNorm(Op.LocalResponseNorm op) {
    if (!site.type().isFloat()) {
      site.refuse("it is quantised (must be f32)");
    } else if (x.shape().rank() != 4) {
      site.refuse("its operand has rank " + x.shape().rank() + " (must be 4)");
    } else if (op.size() % 2 == 0) {
      site.refuse("it reaches over " + op.size() + " channels (must be an odd number)");
    }
    site.unary("LOCAL_RESPONSE_NORMALIZATION", Options.of(OptionTypes.LOCAL_RESPONSE_NORMALIZATION)
        .i32(0, op.size() / 2).f32(1, op.bias()).f32(2, op.alpha() / op.size()).f32(3, op.beta()));
  }

  void relu(Op.Relu op) {
    site.requireRounding(op.rounding());
    if (op.activation() == Activation.NONE || !OperatorVersions.exists(op.activation().name(), x.element())) {
      limits(op.activation().clampFor(site.type()));
    } else {
      site.unary(op.activation().name(), Options.NONE);
    }
  }

  void clip(Op.Clip op) {
    site.requireRounding(op.rounding());
    limits(op.limits().inTermsOf(site.type()));
  }

  /** An activation function where one has these limits, else a change of scale and the limits. */
  private void limits(Clamp clamp) {
    TensorType y = site.type();
    for (Activation activation : List.of(Activation.RELU, Activation.RELU6, Activation.RELU_N1_TO_1)) {
      boolean same = ResultLimits.effective(clamp, y).equals(ResultLimits.effective(activation.clampFor(y), y));
      if (same && OperatorVersions.exists(activation.name(), x.element())) {
        site.unary(activation.name(), Options.NONE);
        return;
      }
    }
    boolean alike = x.quantization().equals(y.quantization());
    if (!alike && !FixedPoint.of(x.scale() / y.scale()).equals(FixedPoint.of((double) x.scale() / y.scale()))) {
      site.refuse("its limits are those of no activation function, and it changes the scale from " + x.scale() + " to "
          + y.scale());
    }
    int rescaled = alike ? site.operand(0) : site.inserted("rescaled", y);
    if (!alike) {
      site.operator("QUANTIZE", OperatorVersions.quantize(y.element()), List.of(site.operand(0)), rescaled,
          Options.of(OptionTypes.QUANTIZE));
    }
    site.limit(rescaled, clamp);
  }

  void unary(Op.Unary op) {
    site.requireRounding(op.rounding());
    if (x.element() == ElementType.U8) {
      site.refuse("it takes u8 (must be f32 or i8)");
    } else if (op.function() == UnaryFunction.NEG && !x.isFloat()) {
      site.refuse("it takes " + x.element().text() + " (must be f32)");
    }
    site.unary(op.function().name(), switch (op.function()) {
      case ABS -> Options.of(OptionTypes.ABS);
      case NEG -> Options.of(OptionTypes.NEG);
      case SQUARE -> Options.of(OptionTypes.SQUARE);
      case EXP -> Options.of(OptionTypes.EXP);
      case SQRT, RSQRT -> Options.NONE;
    });
  }

  void quantize(Op.Quantize op) {
    if (x.element().is8Bit() && site.type().element() == ElementType.I16) {
      site.refuse("it takes " + x.element().text() + " to i16, for which only tflite-micro has a kernel");
    }
    boolean fromReals = x.isFloat() && op.rounding() != Rounding.TIES_EVEN;
    if (!fromReals) {
      site.requireRounding(op.rounding());
    }
    site.operator("QUANTIZE", OperatorVersions.quantize(site.type().element()), List.of(site.operand(0)), site.result(),
        Options.of(OptionTypes.QUANTIZE));
  }

  void dequantize() {
    site.unary("DEQUANTIZE", Options.of(OptionTypes.DEQUANTIZE));
  }
}
