package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.OptionTypes;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.function.IntFunction;

/** Convolutions and fully connected operators: CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED. */
final class WeightedExport {
  private final ExportSite site;
  private final TensorType x;
  private final TensorType weights;

  WeightedExport(ExportSite site) {
    this.site = site;
    this.x = site.operandType(0);
    this.weights = site.operandType(1);
  }

  void conv2d(Op.Conv2d op) {
    check(op.rounding());
    Window window = op.window();
    WindowForm form = WindowForm.of(window, x.shape(), site.type().shape());
    write("CONV_2D", OperatorVersions.convolution(x.element(), op.groups()), form.apply(site), op.clamp(), fused ->
        windowed(OptionTypes.CONV_2D, form, window).u8(3, fused).i32(4, window.dilationW()).i32(5, window.dilationH()));
  }

  void depthwiseConv2d(Op.DepthwiseConv2d op) {
    check(op.rounding());
    Window window = op.window();
    WindowForm form = WindowForm.of(window, x.shape(), site.type().shape());
    int version = OperatorVersions.depthwise(x.element(), window);
    write("DEPTHWISE_CONV_2D", version, form.apply(site), op.clamp(), fused ->
        windowed(OptionTypes.DEPTHWISE_CONV_2D, form, window).i32(3, op.multiplier()).u8(4, fused)
            .i32(5, window.dilationW()).i32(6, window.dilationH()));
  }

  private static Options windowed(int type, WindowForm form, Window window) {
    return Options.of(type).u8(0, form.number()).i32(1, window.strideW()).i32(2, window.strideH());
  }

  void fullyConnected(Op.FullyConnected op) {
    check(op.rounding());
    boolean keepsDims = x.shape().rank() != 2;
    int version = OperatorVersions.fullyConnected(x.element(), keepsDims);
    if (weights.quantization() instanceof Quantization.PerAxis axis && axis.scales().size() == 1) {
      requireOneScale(axis.scales().get(0));
    }
    write("FULLY_CONNECTED", version, site.operand(0), op.clamp(), fused ->
        Options.of(OptionTypes.FULLY_CONNECTED).u8(0, fused).u8(1, 0).flag(2, keepsDims));
  }

  /** A file cannot tell the scale of the only channel from that of all weights, which TFLite multiplies in float32. */
  private void requireOneScale(float scale) {
    float out = site.type().scale();
    if (!Semantics.productScale(x.scale(), scale, out).equals(Semantics.productScale(x.scale() * scale, 1.0, out))) {
      site.refuse("weights with one channel must be quantised as a whole");
    }
  }

  private void check(Rounding rounding) {
    site.requireRounding(rounding);
    if (weights.element() == ElementType.I8 && weights.isPerTensor() && weights.zeroPoint() != 0) {
      site.refuse("its weights have zero point " + weights.zeroPoint() + " (must be 0)");
    }
    if (x.element() == ElementType.I16 && site.node().operands().size() > 2
        && site.operandType(2).element() == ElementType.I32) {
      site.refuse("it sums 16-bit codes in 32 bits (must be 64, as with a bias of i64)");
    }
  }

  private void write(
      String name, int version, int input, Clamp clamp, IntFunction<Options> options) {
    site.limited(clamp, name, version, List.of(input, site.operand(1), bias()), options);
  }

  /** The bias with the scales that the kernels check, the operand's times the weights'; zeros, as they want one. */
  private int bias() {
    boolean isBiased = site.node().operands().size() > 2;
    Shape channels = Shape.of(site.type().shape().dim(-1));
    TensorType type = x.isFloat() ? TensorType.f32(channels) : biasType(channels);
    return isBiased ? site.operandAs(2, type)
        : site.constant("bias", type, TensorData.ofRaw(type.element(), new byte[type.sizeBytes()]));
  }

  private TensorType biasType(Shape channels) {
    Quantization quantization = weights.quantization() instanceof Quantization.PerAxis axis
        ? new Quantization.PerAxis(0, axis.scales().stream().map(this::product).toList())
        : new Quantization.PerTensor(product(weights.scale()), 0);
    return new TensorType(channels, x.element() == ElementType.I16 ? ElementType.I64 : ElementType.I32, quantization);
  }

  private float product(float scale) {
    return Math.min(Math.max(x.scale() * scale, Float.MIN_VALUE), Float.MAX_VALUE);
  }
}
