package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.SamePadding;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import java.util.List;

/**
 * A window's padding as the schema has it: SAME or VALID, or VALID behind an operator that pads.
 *
 * @param same  SAME rather than VALID
 * @param pad  what is put around the feature map first
 */
record WindowForm(boolean same, Padding pad) {
  /** The form with the least padding in front. */
  static WindowForm of(Window window, Shape in, Shape out) {
    Padding own = window.padding();
    int totalH = SamePadding.total(in.dim(1), window.kernelH(), window.strideH(), window.dilationH());
    int totalW = SamePadding.total(in.dim(2), window.kernelW(), window.strideW(), window.dilationW());
    boolean same = out.dim(1) == SamePadding.outputs(in.dim(1), window.strideH())
        && out.dim(2) == SamePadding.outputs(in.dim(2), window.strideW())
        && own.top() == totalH / 2 && own.left() == totalW / 2;
    WindowForm padded = padded(window, in, out);
    return same && !own.isNone() ? new WindowForm(true, Padding.NONE) : padded;
  }

  /** VALID, padded first as far as the window reads. */
  static WindowForm padded(Window window, Shape in, Shape out) {
    Padding own = window.padding();
    int bottom = behind(in.dim(1), out.dim(1), window.strideH(), window.extentH(), own.top());
    int right = behind(in.dim(2), out.dim(2), window.strideW(), window.extentW(), own.left());
    return new WindowForm(false, new Padding(own.top(), bottom, own.left(), right));
  }

  private static int behind(int input, int outputs, int stride, int extent, int before) {
    return Math.max(0, (outputs - 1) * stride + extent - before - input);
  }

  /** The number of the padding in the schema. */
  int number() {
    return same ? 0 : 1;
  }

  boolean padsFirst() {
    return !pad.isNone();
  }

  List<Integer> before() {
    return List.of(0, pad.top(), pad.left(), 0);
  }

  List<Integer> after() {
    return List.of(0, pad.bottom(), pad.right(), 0);
  }

  /** The shape of a padded feature map. */
  Shape around(Shape in) {
    return Shape.of(in.dim(0), in.dim(1) + pad.top() + pad.bottom(), in.dim(2) + pad.left() + pad.right(), in.dim(3));
  }

  /** The padded operand of a node, or the operand itself where nothing is put around it. */
  int apply(ExportSite site) {
    int x = site.operand(0);
    if (!padsFirst()) {
      return x;
    }
    int padded = site.inserted("padded", site.operandType(0).withShape(around(site.operandType(0).shape())));
    site.pad(x, before(), after(), padded);
    return padded;
  }
}
