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

/** Renders element-wise functions and tables of 256 codes: all of the output at once, or a row of it in a group. */
final class MapRenderer {
  /** An operand, and whether its pointer depends on image and row. */
  private record Placed(MapModel.MapOperand array, boolean byImage, boolean byRow) {}

  private final KernelContext context;
  private final Site out;
  private final boolean byRow;
  private final List<Placed> operands = new ArrayList<>();
  private final List<int[]> strides = new ArrayList<>();

  MapRenderer(KernelContext context, boolean byRow) {
    this.context = context;
    this.out = context.output();
    this.byRow = byRow;
    strides.add(LoopNest.strides(out));
  }

  Rendered render(Kernel.Map kernel) {
    kernel.operands().forEach(this::addOperand);
    ScalarFunction body = context.function("element", kernel.body(), out.type());
    boolean channels = body.used().get(kernel.operands().size());
    LoopNest nest = LoopNest.over(extents(), channels, strides);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      arguments.add(operands.get(i).array().name() + "[" + nest.index(i + 1) + "]");
    }
    arguments.add(nest.channel());
    List<Placed> read =
        IntStream.range(0, operands.size()).filter(i -> body.used().get(i)).mapToObj(operands::get).toList();
    return model(nest, read, body.call(arguments));
  }

  Rendered render(Kernel.Table kernel) {
    addOperand(Kernel.Operand.of(kernel.header().input()));
    String table = context.constants().add(context.name("table"), CType.INT8, kernel.table().codes(),
        "output code by input code + 128");
    LoopNest nest = LoopNest.over(extents(), false, strides);
    return model(nest, operands, table + "[" + operands.get(0).array().name() + "[" + nest.index(1) + "] + 128]");
  }

  private Rendered model(LoopNest nest, List<Placed> read, String result) {
    boolean images = byRow && (out.hasImages() || read.stream().anyMatch(Placed::byImage));
    boolean rows = byRow && (out.hasRows() || read.stream().anyMatch(Placed::byRow));
    Frame frame = context.frame(images ? out.n() : 1, rows ? out.h() : 1);
    String ofm = byRow ? out.row(false) : out.pointer(false);
    MapModel model = new MapModel(frame, read.stream().map(Placed::array).toList(), ofm, out.type().text(),
        nest.loops(), nest.index(0), result);
    return new Rendered(frame, context.functions(), Templates.render(model));
  }

  private List<Integer> extents() {
    return byRow ? List.of(1, 1, out.w(), out.c()) : List.of(out.n(), out.h(), out.w(), out.c());
  }

  private void addOperand(Kernel.Operand operand) {
    String name = "in" + operands.size();
    Shape s = operand.shape();
    if (operand.value().isPresent()) {
      Site site = context.site(operand.value().get());
      int offset = site.offset() + operand.firstChannel() * site.type().sizeBytes();
      String row = byRow && s.dim(1) > 1 && site.hasRows() ? site.rowOffset("y") : "";
      addOperand(name, site.type(), Site.pointer(site.type(), offset, true), row, s, LoopNest.strides(site));
    } else {
      TensorData data = operand.constant().orElseThrow();
      boolean real = data.element() == ElementType.F32;
      CType type = real ? CType.FLOAT : integer(data.element());
      String array = context.name("operand" + operands.size());
      String pointer = real ? context.constants().add(array, data.reals(), s.toString())
          : context.constants().add(array, type, data.codes(), s.toString());
      int rowPitch = s.dim(2) * s.dim(3);
      String row = byRow && s.dim(1) > 1 ? Site.times("y", rowPitch) : "";
      addOperand(name, type, pointer, row, s, new int[] {s.dim(1) * rowPitch, rowPitch, s.dim(3), 1});
    }
  }

  private static CType integer(ElementType element) {
    return element == ElementType.I8 ? CType.INT8 : element == ElementType.I16 ? CType.INT16 : CType.INT32;
  }

  /** Adds an operand; where one row is computed at a time, its pointer is moved on to the image and the row. */
  private void addOperand(String name, CType type, String pointer, String rowOffset, Shape shape, int[] pitches) {
    String image = byRow && shape.dim(0) > 1 ? Site.times("n", pitches[0]) : "";
    operands.add(new Placed(new MapModel.MapOperand(name, type.text(),
        pointer + Site.plus(image) + Site.plus(rowOffset)), !image.isEmpty(), !rowOffset.isEmpty()));
    strides.add(broadcast(shape, pitches));
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
