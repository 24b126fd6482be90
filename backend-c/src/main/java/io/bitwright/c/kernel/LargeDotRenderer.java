package io.bitwright.c.kernel;

import io.bitwright.c.template.Templates;
import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Renders integer dots whose windows are too large for the stack, a few output channels at a time. */
final class LargeDotRenderer {
  private final KernelContext context;
  private final Kernel.Dot kernel;
  private final int channels;

  LargeDotRenderer(KernelContext context, Kernel.Dot kernel) {
    this.context = context;
    this.kernel = kernel;
    this.channels = kernel.reductionChannels();
  }

  Rendered render() {
    Site in = context.input();
    Site out = context.output();
    int groups = in.c() / channels;
    int perGroup = out.c() / groups;
    int block = perGroup % 4 == 0 ? 4 : perGroup % 2 == 0 ? 2 : 1;
    Geometry geometry = Geometry.of(kernel.window(), in, out);
    Frame frame = context.frame(out, true, in);
    ScalarFunction epilogue = context.function("epilogue", kernel.epilogue(), out.type());
    CType accumulator = CType.of(kernel.epilogue().inputs().get(0));
    String zero = kernel.weightZeroPoint().isEmpty() ? ""
        : (accumulator == CType.INT64 ? "(int64_t)" : "") + "(" + kernel.weightZeroPoint().getAsInt() + ")";
    List<String> lines = new ArrayList<>();
    for (int q = 0; q < block; q++) {
      String channel = q == 0 ? "c" : "c + " + q;
      String acc = "a0" + q + (zero.isEmpty() ? "" : " - " + zero + " * sum");
      lines.add("to[" + channel + "] = " + epilogue.call(List.of(acc, channel)) + ";");
    }
    LargeDotModel model = new LargeDotModel(frame, in.type().text(), in.image(true), out.row(false), geometry, out.w(),
        out.pixelPitch(), out.type().text(), accumulator.text(), IntStream.range(0, block).boxed().toList(), channels,
        groups == 1 ? "" : Site.times(perGroup == 1 ? "c" : "c / " + perGroup, channels), zero, weights(out.c()),
        context.bias(kernel),
        geometry.bordered() ? padding() : "", out.c(), lines);
    return new Rendered(frame, context.functions(), Templates.render(model));
  }

  private String padding() {
    long[] codes = new long[channels];
    Arrays.fill(codes, kernel.paddingCode());
    return context.constants().add(
        context.name("padding"), context.input().type(), codes, "a pixel outside of the image");
  }

  private String weights(int outputs) {
    int length = kernel.reductionLength();
    long[] ordered = new long[outputs * length];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < length; i++) {
        int from = kernel.connection() == Connection.DEPTHWISE ? i * outputs + o : o * length + i;
        ordered[o * length + i] = kernel.weights().code(from);
      }
    }
    return context.constants().add(context.name("weights"), CType.INT8, ordered, "[" + outputs + "][" + length + "]");
  }
}
