package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.OptionTypes;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Operators that move elements: CONCATENATION, PAD, PADV2, SLICE, RESHAPE, TRANSPOSE, GATHER, RESIZE_BILINEAR. */
final class MovementExport {
  private final ExportSite site;

  MovementExport(ExportSite site) {
    this.site = site;
  }

  /** In turns: one operand after the other, then shuffled. */
  void concat(Op.Concat op) {
    List<Integer> operands = new ArrayList<>();
    for (int i = 0; i < site.node().operands().size(); i++) {
      operands.add(site.operand(i));
    }
    int joined = op.interleaved() ? site.inserted("joined", site.type()) : site.result();
    site.operator("CONCATENATION", operands, joined,
        Options.of(OptionTypes.CONCATENATION).i32(0, op.axis()).u8(1, 0));
    if (op.interleaved()) {
      shuffle(joined, operands.size());
    }
  }

  void pad(Op.Pad op) {
    if (op.value().isEmpty()) {
      site.pad(site.operand(0), op.before(), op.after(), site.result());
      return;
    }
    int value = site.scalar("value", op.value().getAsDouble());
    site.operator("PADV2", List.of(site.operand(0), site.paddings(op.before(), op.after()), value), site.result(),
        Options.of(OptionTypes.PAD_V2));
  }

  void resize(Op.ResizeBilinear op) {
    List<Integer> size = site.type().shape().dims().subList(1, 3);
    int version = OperatorVersions.resizeBilinear(site.type().element(), op.halfPixelCenters());
    site.operator("RESIZE_BILINEAR", version, List.of(site.operand(0), site.integers("size", size)), site.result(),
        Options.of(OptionTypes.RESIZE_BILINEAR).flag(2, op.alignCorners()).flag(3, op.halfPixelCenters()));
  }

  void slice(Op.Slice op) {
    site.operator("SLICE", List.of(site.operand(0), site.integers("begin", op.begin()),
        site.integers("size", op.extent())), site.result(), Options.of(OptionTypes.SLICE));
  }

  void channelShuffle(Op.ChannelShuffle op) {
    shuffle(site.operand(0), op.groups());
  }

  /** The channels seen as [groups, n] are transposed; all other dimensions are one. */
  private void shuffle(int x, int groups) {
    Shape shape = site.type().shape();
    int each = shape.dim(-1) / groups;
    int outer = shape.elements() / shape.dim(-1);
    TensorType type = site.type();
    int grouped = site.inserted("grouped", type.withShape(Shape.of(outer, groups, each)));
    int turned = site.inserted("turned", type.withShape(Shape.of(outer, each, groups)));
    site.reshape(x, grouped);
    transpose(grouped, List.of(0, 2, 1), turned);
    site.reshape(turned, site.result());
  }

  void transpose(Op.Transpose op) {
    transpose(site.operand(0), op.order(), site.result());
  }

  private void transpose(int x, List<Integer> order, int into) {
    site.operator("TRANSPOSE", List.of(x, site.integers("order", order)), into, Options.of(OptionTypes.TRANSPOSE));
  }

  void gather(Op.Gather op) {
    site.operator("GATHER", List.of(site.operand(0), site.integers("indices", op.indices())), site.result(),
        Options.of(OptionTypes.GATHER).i32(0, op.axis()).i32(1, 0));
  }

  void reshape() {
    site.reshape(site.operand(0), site.result());
  }
}
