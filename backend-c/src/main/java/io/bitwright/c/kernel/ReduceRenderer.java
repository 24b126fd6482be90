package io.bitwright.c.kernel;

import io.bitwright.c.template.Templates;
import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Reduction;
import java.util.List;

/** Renders sums and maxima over windows. */
final class ReduceRenderer {
  private ReduceRenderer() {}

  static Rendered render(KernelContext context, Kernel.Reduce kernel) {
    Site in = context.input();
    Site out = context.output();
    Geometry geometry = Geometry.of(kernel.window(), in, out);
    Frame frame = context.frame(out, true, in);
    ScalarFunction epilogue = context.function("epilogue", kernel.epilogue(), out.type());
    boolean maximum = kernel.reduction() == Reduction.MAX;
    boolean counts = epilogue.used().get(2) && geometry.bordered();
    String taps = geometry.bordered() ? "taps" : String.valueOf(kernel.window().taps());
    boolean real = in.type() == CType.FLOAT;
    if (real) {
      context.intrinsics().noteReals();
    }
    String start = !maximum ? real ? "0.0f" : "0" : real ? context.intrinsics().minusInfinity()
        : in.type() == CType.INT16 ? "-32768" : "-128";
    CType accumulator = CType.of(kernel.epilogue().inputs().get(0));
    ReduceModel model = new ReduceModel(frame, in.image(true), out.row(false), geometry, out.w(), out.pixelPitch(),
        in.type().text(), out.type().text(), accumulator.text(), in.c(), maximum, start, counts,
        epilogue.call(List.of("acc[c]", "c", taps)));
    return new Rendered(frame, context.functions(), Templates.render(model));
  }
}
