package io.bitwright.c.kernel;

import io.bitwright.c.template.Templates;
import io.bitwright.c.scalar.CType;
import io.bitwright.ir.kernel.Kernel;
import io.bitwright.ir.kernel.Kernel.Piece;
import java.util.ArrayList;
import java.util.List;

/** Renders data movement. A move whose inputs were written in place copies nothing, but fills all the same. */
final class MoveRenderer {
  private final KernelContext context;
  private final Kernel.Move kernel;
  private final Site out;

  MoveRenderer(KernelContext context, Kernel.Move kernel) {
    this.context = context;
    this.kernel = kernel;
    this.out = context.output();
  }

  Rendered render(boolean elided) {
    Frame frame = context.frame(1, 1);
    List<MoveModel.Copy> copies = elided ? List.of() : kernel.pieces().stream().map(this::copy).toList();
    List<MoveModel.Fill> fills = kernel.fill().isPresent() ? fills() : List.of();
    String element = fills.isEmpty() || !isOfBytes() ? "" : element();
    MoveModel model = new MoveModel(frame, element, out.type().text(), fills, copies);
    return new Rendered(frame, List.of(), Templates.render(model));
  }

  private int fillBits() {
    return kernel.fill().orElse(0);
  }

  private String element() {
    return out.type() == CType.FLOAT ? context.intrinsics().real(Float.intBitsToFloat(fillBits()))
        : Integer.toString(fillBits());
  }

  /** Whether the fill is an element of several bytes; zero is written byte by byte as 8-bit codes are. */
  private boolean isOfBytes() {
    return out.type().sizeBytes() > 1 && fillBits() != 0;
  }

  private MoveModel.Copy copy(Piece piece) {
    Site in = context.site(kernel.inputs().get(piece.input()));
    int[] to = LoopNest.strides(out);
    int[] inner = LoopNest.strides(in);
    int[] from = new int[4];
    for (int d = 0; d < 4; d++) {
      int dim = piece.order().get(d);
      from[d] = inner[dim] * piece.fromStep().get(dim);
      to[d] *= piece.toStep().get(d);
    }
    LoopNest nest = LoopNest.over(piece.extent(), false, List.of(to, from));
    int run = nest.run();
    LoopNest outer = run > 1 ? nest.outer() : nest;
    return new MoveModel.Copy(outer.loops(), address(out, piece.to(), outer.index(0)),
        address(in, piece.from(), outer.index(1)), run * out.type().sizeBytes());
  }

  private List<MoveModel.Fill> fills() {
    List<Box> rest = List.of(Box.of(List.of(0, 0, 0, 0), List.of(out.n(), out.h(), out.w(), out.c())));
    for (Piece piece : kernel.pieces()) {
      Box covered = Box.of(piece.to(), piece.extent());
      rest = rest.stream().flatMap(b -> b.minus(covered).stream()).toList();
    }
    List<MoveModel.Fill> fills = new ArrayList<>();
    for (Box box : rest) {
      LoopNest nest = LoopNest.over(box.extent(), false, List.of(LoopNest.strides(out)));
      int run = isOfBytes() ? 1 : nest.run();
      LoopNest outer = run > 1 ? nest.outer() : nest;
      fills.add(new MoveModel.Fill(outer.loops(), address(out, box.from(), outer.index(0)),
          isOfBytes() ? 0 : fillBits() & 0xff, run * out.type().sizeBytes()));
    }
    return fills;
  }

  private static String address(Site site, List<Integer> at, String index) {
    int first = at.get(0) * site.imagePitch() + at.get(1) * site.rowPitch() + at.get(2) * site.pixelPitch() + at.get(3);
    int offset = site.offset() + first * site.type().sizeBytes();
    return offset(offset == 0 ? "arena" : "arena + " + offset, index, site.type().sizeBytes());
  }

  /** A byte pointer moved on by an index of elements. */
  static String offset(String base, String index, int size) {
    if (index.equals("0")) {
      return base;
    }
    return base + " + " + (size == 1 ? index : "(" + index + ") * " + size);
  }
}
