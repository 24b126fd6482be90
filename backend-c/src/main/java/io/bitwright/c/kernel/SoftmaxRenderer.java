package io.bitwright.c.kernel;

import io.bitwright.c.template.Templates;
import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.ir.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Renders softmax: maximum, sum of terms, reciprocal, scaling. */
final class SoftmaxRenderer {
  private SoftmaxRenderer() {}

  static Rendered render(KernelContext context, Kernel.RowSoftmax kernel) {
    boolean dense = context.input().isDense() && context.output().isDense();
    Site in = dense ? context.input().flat() : context.input();
    Site out = dense ? context.output().flat() : context.output();
    boolean real = in.type() == CType.FLOAT;
    CType wide = real ? CType.FLOAT : CType.INT32;
    Frame frame = context.frame(out, false, in);
    CType exponentialType = CType.of(kernel.exponential().result());
    ScalarFunction exponential = context.function("exponential", kernel.exponential(), exponentialType);
    ScalarFunction term = context.function("term", kernel.term(), CType.of(kernel.term().result()));
    ScalarFunction reciprocal = context.function("reciprocal", kernel.reciprocal(),
        CType.of(kernel.reciprocal().results().get(0)));
    ScalarFunction scale = context.function("scale", kernel.scale(), out.type());
    String power = exponential.call(List.of("from[c] - max"));
    int results = kernel.reciprocal().results().size();
    List<String> arguments = new ArrayList<>(List.of(power));
    IntStream.range(0, results).forEach(i -> arguments.add("r" + i));
    String[] pointers = IntStream.range(0, results == 1 ? 0 : results).mapToObj(i -> "&r" + i).toArray(String[]::new);
    SoftmaxModel model = new SoftmaxModel(frame, in.row(true), out.row(false), out.w(), in.pixelPitch(),
        out.pixelPitch(), in.c(), in.type().text(), out.type().text(), wide.text(),
        CType.of(kernel.reciprocal().inputs().get(0)).text(), real ? "0.0f" : "0",
        kernel.reciprocal().results().stream().map(v -> CType.of(v).text()).toList(), term.call(List.of(power)),
        reciprocal.call(List.of("sum"), pointers), scale.call(arguments));
    return new Rendered(frame, context.functions(), Templates.render(model));
  }
}
