package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.OptionTypes;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/** AVERAGE_POOL_2D, MAX_POOL_2D and MEAN. */
final class PoolingExport {
  private final ExportSite site;
  private final TensorType x;

  PoolingExport(ExportSite site) {
    this.site = site;
    this.x = site.operandType(0);
  }

  /** An average over all of the window is one of a padded feature map, whose zeros count. */
  void average(Op.AveragePool2d op) {
    Shape out = site.type().shape();
    boolean inside = op.divisor() == Op.Divisor.INSIDE;
    WindowForm form =
        inside ? WindowForm.of(op.window(), x.shape(), out) : WindowForm.padded(op.window(), x.shape(), out);
    if (inside && form.padsFirst()) {
      site.refuse("it leaves out a padding that is neither SAME nor VALID");
    }
    pool("AVERAGE_POOL_2D", form, op.window(), op.clamp(), form.apply(site));
  }

  /** A padding that is neither SAME nor VALID holds the smallest value there is. */
  void maximum(Op.MaxPool2d op) {
    WindowForm form = WindowForm.of(op.window(), x.shape(), site.type().shape());
    boolean zeroIsSmallest = !x.isFloat() && x.zeroPoint() == x.element().min();
    int input = !form.padsFirst() || zeroIsSmallest ? form.apply(site) : paddedBySmallest(form);
    pool("MAX_POOL_2D", form, op.window(), op.clamp(), input);
  }

  private int paddedBySmallest(WindowForm form) {
    int padded = site.inserted("padded", x.withShape(form.around(x.shape())));
    int smallest = site.scalar("smallest", x.isFloat() ? -Float.MAX_VALUE : x.element().min());
    site.operator("PADV2", List.of(site.operand(0), site.paddings(form.before(), form.after()), smallest), padded,
        Options.of(OptionTypes.PAD_V2));
    return padded;
  }

  private void pool(String name, WindowForm form, Window window, Clamp clamp, int input) {
    if (window.dilationH() != 1 || window.dilationW() != 1) {
      site.refuse("its window has dilation " + window.dilationH() + "x" + window.dilationW() + " (must be 1x1)");
    }
    site.limited(clamp, name, OperatorVersions.of(name, x.element()), List.of(input), fused ->
        Options.of(OptionTypes.POOL_2D).u8(0, form.number()).i32(1, window.strideW()).i32(2, window.strideH())
            .i32(3, window.kernelW()).i32(4, window.kernelH()).u8(5, fused));
  }

  void mean(Op.Mean op) {
    site.requireRounding(op.rounding());
    site.operator("MEAN", List.of(site.operand(0), site.integers("axes", op.axes())), site.result(),
        Options.of(OptionTypes.REDUCER).flag(0, op.keepDims()));
  }
}
