package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.OptionTypes;
import io.bitwright.ir.graph.ChannelScaling;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** Functions of two tensors, element by element: ADD, MUL, SUB, DIV, MINIMUM, MAXIMUM, PRELU. */
final class ArithmeticExport {
  /** AddOptions and SubOptions: pot_scale_int16. */
  private static final int POWERS_OF_TWO = 1;

  private final ExportSite site;

  ArithmeticExport(ExportSite site) {
    this.site = site;
  }

  private List<Integer> operands() {
    return List.of(site.operand(0), site.operand(1));
  }

  void add(Op.Add op) {
    site.requireRounding(op.rounding());
    int version = OperatorVersions.of("ADD", site.type().element());
    site.limited(op.clamp(), "ADD", version, operands(), fused ->
        summed(Options.of(OptionTypes.ADD).u8(0, fused)));
  }

  /** Scales of 16-bit codes are any; readers take them for powers of two unless they are told. */
  private Options summed(Options options) {
    return site.type().element() == ElementType.I16 ? options.flag(POWERS_OF_TWO, false) : options;
  }

  void mul(Op.Mul op) {
    site.requireRounding(op.rounding());
    int version = OperatorVersions.product(site.operandType(0), site.operandType(1), site.type());
    site.limited(op.clamp(), "MUL", version, operands(), fused ->
        Options.of(OptionTypes.MUL).u8(0, fused));
  }

  void elementwise(Op.Elementwise op) {
    switch (op.function()) {
      case SUB -> sub(op);
      case DIV -> div(op);
      case MIN -> binary(op, "MINIMUM", operands(), Options.of(OptionTypes.MAXIMUM_MINIMUM));
      case MAX -> binary(op, "MAXIMUM", operands(), Options.of(OptionTypes.MAXIMUM_MINIMUM));
      case PRELU -> prelu(op);
      case SHIFTED_ADD, SHIFTED_SUB -> site.refuse("it takes i16 (must be f32, i8 or u8)");
    }
  }

  private void sub(Op.Elementwise op) {
    site.requireRounding(op.rounding());
    site.limited(op.clamp(), "SUB", OperatorVersions.of("SUB", site.type().element()), operands(), fused ->
        summed(Options.of(OptionTypes.SUB).u8(0, fused)));
  }

  private void div(Op.Elementwise op) {
    if (site.type().element() == ElementType.I8) {
      site.refuse("it takes i8 (must be f32 or u8)");
    }
    site.requireRounding(op.rounding());
    site.limited(op.clamp(), "DIV", OperatorVersions.of("DIV", site.type().element()), operands(), fused ->
        Options.of(OptionTypes.DIV).u8(0, fused));
  }

  private void prelu(Op.Elementwise op) {
    site.requireRounding(op.rounding());
    if (!site.operandType(0).shape().equals(site.type().shape())) {
      site.refuse(
          "its first operand of shape " + site.operandType(0).shape() + " broadcasts to " + site.type().shape());
    }
    Optional<Float> slope = slopeOfAll();
    if (slope.isPresent()) {
      binary(op, "LEAKY_RELU", List.of(site.operand(0)), Options.of(OptionTypes.LEAKY_RELU).f32(0, slope.get()));
    } else {
      binary(op, "PRELU", operands(), Options.NONE);
    }
  }

  /** Of 16-bit codes the one slope that LEAKY_RELU takes: there is no PRELU in older runtimes. */
  private Optional<Float> slopeOfAll() {
    Node slope = site.node().operand(1);
    boolean one = site.type().element() == ElementType.I16 && slope.isConstant() && slope.constant().elements() == 1
        && Math.abs(slope.constant().code(0)) == 1;
    return one ? Optional.of(slope.constant().code(0) * slope.type().scale()) : Optional.empty();
  }

  /** An operator without an activation function of its own. */
  private void binary(Op.Elementwise op, String name, List<Integer> inputs, Options options) {
    TensorType type = site.type();
    boolean free = ResultLimits.effective(op.clamp(), type).equals(ResultLimits.effective(Clamp.NONE, type));
    int output = free ? site.result() : site.inserted("unlimited", type);
    site.operator(name, inputs, output, options);
    if (!free) {
      site.limit(output, op.clamp());
    }
  }

  /** A product and a sum with constants, as the float interpreter computes it. */
  void batchNorm(Op.BatchNorm op) {
    Node node = site.node();
    ChannelScaling scaling = ChannelScaling.of(node);
    TensorType channels = TensorType.f32(Shape.of(node.type().shape().dim(-1)));
    int scale = site.constant("scale", channels, TensorData.ofFloats(scaling.realScale()));
    int shift = site.constant("shift", channels, TensorData.ofFloats(scaling.realShift()));
    int scaled = site.inserted("scaled", node.type());
    site.operator("MUL", List.of(site.operand(0), scale), scaled, Options.of(OptionTypes.MUL).u8(0, 0));
    site.limited(op.clamp(), "ADD", 1, List.of(scaled, shift), fused ->
        Options.of(OptionTypes.ADD).u8(0, fused));
  }
}
