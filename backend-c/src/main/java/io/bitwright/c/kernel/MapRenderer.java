package io.bitwright.c.kernel;

import io.bitwright.c.template.Templates;
import io.bitwright.c.scalar.CType;
import io.bitwright.c.scalar.ScalarFunction;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Renders element-wise functions and tables of 256 codes. */
final class MapRenderer {
  private final KernelContext context;
  private final Site out;
  private final List<MapModel.MapOperand> operands = new ArrayList<>();
  private final List<int[]> strides = new ArrayList<>();

  MapRenderer(KernelContext context) {
    this.context = context;
    this.out = context.output();
    strides.add(LoopNest.strides(out));
  }

  Rendered render(Kernel.Map kernel) {
    kernel.operands().forEach(this::addOperand);
    ScalarFunction body = context.function("element", kernel.body(), out.type());
    boolean channels = body.used().get(kernel.operands().size());
    LoopNest nest = LoopNest.over(extents(), channels, strides);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(operands.get(i).name() + "[" + nest.index(i + 1) + "]");
    }
    arguments.add(nest.channel());
    List<MapModel.MapOperand> read =
        IntStream.range(0, operands.size()).filter(i -> body.used().get(i)).mapToObj(operands::get).toList();
    return model(nest, read, body.call(arguments));
  }

  Rendered render(Kernel.Table kernel) {
    addOperand(Kernel.Operand.of(kernel.header().input()));
    String table = context.constants().add(context.name("table"), CType.INT8, kernel.table().codes(),
        "output code by input code + 128");
    LoopNest nest = LoopNest.over(extents(), false, strides);
    return model(nest, operands, table + "[" + operands.get(0).name() + "[" + nest.index(1) + "] + 128]");
  }

  private Rendered model(LoopNest nest, List<MapModel.MapOperand> read, String result) {
    Frame own = context.frame(out);
    Frame frame = new Frame(own.function(), own.comment(), 1, 1);
    MapModel model = new MapModel(frame, read, out.pointer(false), out.type().text(), nest.loops(), nest.index(0),
        result);
    return new Rendered(frame, context.functions(), Templates.render(model));
  }

  private List<Integer> extents() {
    return List.of(out.n(), out.h(), out.w(), out.c());
  }

  private void addOperand(Kernel.Operand operand) {
    String name = "in" + operands.size();
    if (operand.value().isPresent()) {
      Site site = context.site(operand.value().get());
      int offset = site.offset() + operand.firstChannel() * site.type().sizeBytes();
      operands.add(new MapModel.MapOperand(name, site.type().text(), Site.pointer(site.type(), offset, true)));
      strides.add(broadcast(operand.shape(), LoopNest.strides(site)));
    } else {
      TensorData data = operand.constant().orElseThrow();
      Shape s = operand.shape();
      boolean real = data.element() == ElementType.F32;
      CType type = real ? CType.FLOAT : data.element() == ElementType.I8 ? CType.INT8 : CType.INT32;
      String array = context.name("operand" + operands.size());
      operands.add(new MapModel.MapOperand(name, type.text(), real
          ? context.constants().add(array, data.reals(), s.toString())
          : context.constants().add(array, type, data.codes(), s.toString())));
      strides.add(broadcast(s, new int[] {s.dim(1) * s.dim(2) * s.dim(3), s.dim(2) * s.dim(3), s.dim(3), 1}));
    }
  }

  private int[] broadcast(Shape shape, int[] pitches) {
    int[] own = pitches.clone();
    for (int d = 0; d < 4; d++) {
      if (shape.dim(d) == 1) {
        own[d] = 0;
      }
    }
    return own;
  }
}
