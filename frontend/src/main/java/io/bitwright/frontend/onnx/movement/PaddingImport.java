package io.bitwright.frontend.onnx.movement;

import io.bitwright.frontend.onnx.fold.Shapes;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.site.Box;
import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Pad: zeros, zeros to which another constant is added, or copies of the elements at the border. Negative pads cut
 * off.
 */
public final class PaddingImport {
  private static final Op SUM = new Op.Add(Clamp.NONE, Rounding.TIES_EVEN);

  private PaddingImport() {}

  public static Tensor pad(OperatorSite site) {
    Feature x = site.any(0);
    String mode = site.attributes().text("mode", "constant");
    List<Long> pads = site.integers(site.attributes().has("paddings") ? "paddings" : "pads", 1)
        .orElseThrow(() -> site.unsupported("it has no pads"));
    List<Integer> axes = site.optional(3, "axes").map(a -> IntStream.range(0, a.data().elements())
        .mapToObj(i -> Shapes.axis(a.integer(i), x.rank())).toList()).orElse(Layouts.natural(x.rank()));
    if (pads.size() != 2 * axes.size()) {
      throw site.unsupported(pads.size() + " pads for " + axes.size() + " dimensions");
    }
    List<Integer> before = new ArrayList<>(Collections.nCopies(x.rank(), 0));
    List<Integer> after = new ArrayList<>(before);
    for (int i = 0; i < axes.size(); i++) {
      before.set(axes.get(i), limited(site, pads.get(i)));
      after.set(axes.get(i), limited(site, pads.get(axes.size() + i)));
    }
    float value = site.attributes().has("value") ? site.attributes().real("value", 0)
        : site.optional(2, "the padding value").filter(v -> v.data().elements() == 1).map(v -> v.real(0)).orElse(0f);
    TensorType type = x.node().type();
    boolean codes = mode.equals("constant") && !type.isFloat();
    Box box = Box.of(site, x);
    boolean cuts = IntStream.range(0, x.rank()).anyMatch(d -> Math.min(before.get(d), after.get(d)) < 0);
    if (codes) {
      requireCode(site, x, value, cuts);
    }
    if (mode.equals("constant") && (value == 0 || codes) && !cuts) {
      List<Integer> dims = padded(x.dims(), before, after);
      OptionalDouble code = codes && value != type.zeroPoint() ? OptionalDouble.of(value) : OptionalDouble.empty();
      Op op = new Op.Pad(Layouts.sizes(before, box.order()), Layouts.sizes(after, box.order()), code);
      return site.moved(op, box.node(), Layouts.sizes(dims, box.order()), View.ordered(dims, box.order()));
    }
    return alongEach(site, box, before, after, mode, codes ? 0 : value);
  }

  /** Codes are padded with a code, that of real zero where other dimensions are cut. */
  private static void requireCode(OperatorSite site, Feature x, float value, boolean cuts) {
    TensorType type = x.node().type();
    if (!type.element().is8Bit() || cuts && value != type.zeroPoint()) {
      throw site.unsupported("it pads " + x.type().text() + " with " + value + " (must be "
          + (type.element().is8Bit() ? "the zero point " + type.zeroPoint() : "float, int8 or uint8") + ")");
    }
  }

  private static int limited(OperatorSite site, long pad) {
    if (Math.abs(Math.max(pad, -Limits.ELEMENTS)) > Limits.WINDOW_PIXELS) {
      throw site.error(DiagnosticId.TOO_LARGE, "attribute pads", pad, Limits.WINDOW_PIXELS);
    }
    return (int) pad;
  }

  private static List<Integer> padded(List<Integer> dims, List<Integer> before, List<Integer> after) {
    return IntStream.range(0, dims.size()).mapToObj(d -> before.get(d) + dims.get(d) + after.get(d)).toList();
  }

  /** One dimension after the other: the corners are the border's border. */
  private static Feature alongEach(
      OperatorSite site, Box box, List<Integer> before, List<Integer> after, String mode, float value) {
    List<Integer> dims = padded(box.dims(), before, after);
    Node node = box.node();
    for (int d = 0; d < dims.size(); d++) {
      if (before.get(d) != 0 || after.get(d) != 0) {
        int axis = box.order().indexOf(d);
        int size = box.dims().get(d);
        node = mode.equals("constant") ? surrounded(site, node, axis, before.get(d), after.get(d), value)
            : MovementImport.gathered(site, node, axis, indices(site, mode, size, before.get(d), after.get(d)));
      }
    }
    return node == box.node() ? site.moved(new Op.Reshape(), node, node.type().shape().dims(),
        View.ordered(dims, box.order())) : MovementImport.last(site, node, View.ordered(dims, box.order()));
  }

  /** Zeros around, and where they are the constant added: all else is plus zero. */
  private static Node surrounded(OperatorSite site, Node node, int axis, int before, int after, float value) {
    List<Integer> own = node.type().shape().dims();
    Node core = node;
    if (Math.min(before, after) < 0) {
      List<Integer> begin = new ArrayList<>(Collections.nCopies(own.size(), 0));
      List<Integer> extent = new ArrayList<>(own);
      begin.set(axis, Math.max(0, -before));
      extent.set(axis, own.get(axis) - Math.max(0, -before) - Math.max(0, -after));
      core = site.insertedMove(new Op.Slice(begin, extent), node, extent);
    }
    if (Math.max(before, after) <= 0) {
      return core;
    }
    int first = Math.max(0, before);
    List<Integer> dims = new ArrayList<>(own);
    dims.set(axis, own.get(axis) + before + after);
    Op zeros = new Op.Pad(alone(own.size(), axis, first), alone(own.size(), axis, Math.max(0, after)));
    Node wide = site.insertedMove(zeros, core, dims);
    if (value == 0) {
      return wide;
    }
    float[] border = new float[dims.get(axis)];
    Arrays.fill(border, 0, first, value);
    Arrays.fill(border, border.length - Math.max(0, after), border.length, value);
    return site.inserted(SUM, List.of(wide, along(site, "border", dims.size(), axis, border)), dims);
  }

  private static List<Integer> alone(int rank, int axis, int value) {
    List<Integer> list = new ArrayList<>(Collections.nCopies(rank, 0));
    list.set(axis, value);
    return list;
  }

  /** A constant with an element for each index of one dimension. */
  static Node along(OperatorSite site, String name, int rank, int axis, float[] values) {
    List<Integer> dims = new ArrayList<>(List.of(values.length));
    dims.addAll(Collections.nCopies(rank - 1 - axis, 1));
    return site.constant(site.resultName(0) + "/" + name, dims, TensorData.ofFloats(values));
  }

  /** Which elements of a dimension follow each other, border included. */
  private static List<Integer> indices(OperatorSite site, String mode, int size, int before, int after) {
    if (mode.equals("reflect") && Math.max(before, after) >= size) {
      throw site.unsupported("it reflects " + Math.max(before, after) + " elements of " + size);
    }
    return IntStream.range(-before, size + after).mapToObj(i -> switch (mode) {
      case "edge" -> Math.max(0, Math.min(size - 1, i));
      case "wrap" -> Math.floorMod(i, size);
      case "reflect" -> i < 0 ? -i : i >= size ? 2 * (size - 1) - i : i;
      default -> throw site.unsupported("mode is '" + mode + "' (must be constant, edge, reflect or wrap)");
    }).toList();
  }
}
