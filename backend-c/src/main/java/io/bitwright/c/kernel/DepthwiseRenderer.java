package io.bitwright.c.kernel;

import io.bitwright.c.template.Templates;
import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.ir.kernel.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Renders integer depthwise dots with one output a channel, all channels of a pixel together. */
final class DepthwiseRenderer {
  private static final int MOST_SPELLED_OUT = 25;

  private final KernelContext context;
  private final Kernel.Dot kernel;
  private final Site out;

  DepthwiseRenderer(KernelContext context, Kernel.Dot kernel) {
    this.context = context;
    this.kernel = kernel;
    this.out = context.output();
  }

  Rendered render() {
    Site in = context.input();
    Geometry geometry = Geometry.of(kernel.window(), in, out);
    Frame frame = context.frame(out, true, in);
    ScalarFunction epilogue = context.function("epilogue", kernel.epilogue(), out.type());
    CType accumulator = CType.of(kernel.epilogue().inputs().get(0));
    String weights = weights();
    String bias = context.bias(kernel);
    DepthwiseModel model = new DepthwiseModel(frame, in.type().text(), in.image(true), out.row(false), geometry,
        out.w(), out.pixelPitch(), out.type().text(), accumulator.text(), out.c(), products(weights, geometry, false),
        products(weights, geometry, true), kernel.window().taps(), weights, bias,
        geometry.bordered() ? padding() : "", epilogue.call(List.of("acc[c]", "c")), !epilogue.used().get(0));
    return new Rendered(frame, context.functions(), Templates.render(model));
  }

  private List<String> products(String weights, Geometry geometry, boolean border) {
    List<String> products = new ArrayList<>();
    if (kernel.window().taps() > MOST_SPELLED_OUT) {
      return products;
    }
    for (int r = 0; r < geometry.kernelH(); r++) {
      for (int s = 0; s < geometry.kernelW(); s++) {
        int tap = r * geometry.kernelW() + s;
        String x = border ? "from[" + tap + "][c]" : geometry.tap(r, s);
        products.add(x + " * " + weights + "[" + at(tap * out.c()) + "]");
      }
    }
    return products;
  }

  private static String at(int offset) {
    return offset == 0 ? "c" : offset + " + c";
  }

  private String padding() {
    long[] codes = new long[out.c()];
    Arrays.fill(codes, kernel.paddingCode());
    return context.constants().add(
        context.name("padding"), context.input().type(), codes, "a pixel outside of the image");
  }

  /** Weights as [tap][channel]; a zero point is taken off, which needs 16 bits. */
  private String weights() {
    int zero = kernel.weightZeroPoint().orElse(0);
    long[] codes = kernel.weights().codes();
    for (int i = 0; i < codes.length; i++) {
      codes[i] -= zero;
    }
    String shape = "[" + kernel.window().taps() + "][" + out.c() + "]"
        + (zero == 0 ? "" : ", less their zero point " + zero);
    return context.constants().add(context.name("weights"), zero == 0 ? CType.INT8 : CType.INT16, codes, shape);
  }
}
