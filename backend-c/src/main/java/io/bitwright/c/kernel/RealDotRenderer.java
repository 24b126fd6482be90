package io.bitwright.c.kernel;

import io.bitwright.c.template.Templates;
import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import java.util.List;

/** Renders float dots; the order of additions is the definition's. */
final class RealDotRenderer {
  private final KernelContext context;
  private final Kernel.Dot kernel;

  RealDotRenderer(KernelContext context, Kernel.Dot kernel) {
    this.context = context;
    this.kernel = kernel;
  }

  Rendered render() {
    boolean flat = kernel.window().isPoint() && context.input().isDense() && context.output().isDense();
    Site in = flat ? context.input().flat() : context.input();
    Site out = flat ? context.output().flat() : context.output();
    int channels = kernel.reductionChannels();
    int groups = in.c() / channels;
    Frame frame = context.frame(out, true, in);
    ScalarFunction epilogue = context.function("epilogue", kernel.epilogue(), CType.FLOAT);
    String weights = weights(out.c(), channels);
    String bias = context.constants().add(context.name("bias"), kernel.bias().reals(), "[" + out.c() + "]");
    RealDotModel model = new RealDotModel(frame, in.image(true), out.row(false),
        Geometry.of(kernel.window(), in, out), out.w(), out.pixelPitch(), groups, channels, out.c() / groups, out.c(),
        weights, bias, epilogue.call(List.of("acc[c] + " + bias + "[c]", "c")));
    context.intrinsics().noteReals();
    return new Rendered(frame, context.functions(), Templates.render(model));
  }

  private String weights(int outputs, int channels) {
    int taps = kernel.window().taps();
    float[] source = kernel.weights().reals();
    float[] ordered = new float[source.length];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < taps * channels; i++) {
        int from = kernel.connection() == Connection.DEPTHWISE ? i * outputs + o : o * taps * channels + i;
        ordered[i * outputs + o] = source[from];
      }
    }
    return context.constants().add(context.name("weights"), ordered,
        "[" + taps + "][" + channels + "][" + outputs + "]");
  }
}
