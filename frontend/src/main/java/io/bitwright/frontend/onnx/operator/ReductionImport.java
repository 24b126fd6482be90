package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.fold.Shapes;
import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.List;

/** ReduceMean, ArgMax, Softmax and LogSoftmax: operators over whole rows of elements. */
final class ReductionImport {
  private ReductionImport() {}

  /** Over any axes, neighbouring ones in memory at a time. */
  static Tensor mean(OperatorSite site) {
    Feature operand = site.feature(0);
    boolean keep = site.attributes().integer("keepdims", 1) != 0;
    boolean none = site.attributes().integer("noop_with_empty_axes", 0) != 0;
    List<Long> given = site.integers("axes", 1).orElse(List.of());
    if (given.isEmpty() && none) {
      return site.seen(operand, operand.view());
    }
    site.requireRank(operand, 1, 4);
    Feature x = Layouts.ordered(site, operand);
    List<Integer> axes = given.isEmpty() ? Layouts.natural(x.rank()) : Shapes.axes(given, x.rank());
    List<Integer> order = x.view().order().orElseThrow();
    Node node = Layouts.arranged(site, x, order);
    List<Integer> dims = new ArrayList<>(x.dims());
    List<Integer> places = axes.stream().map(order::indexOf).sorted().toList();
    for (List<Integer> run : neighbours(places)) {
      run.forEach(place -> dims.set(order.get(place), 1));
      Op op = new Op.Mean(run, true, Rounding.TIES_EVEN);
      boolean last = run.get(run.size() - 1).equals(places.get(places.size() - 1));
      node = last ? site.result(op, List.of(node), Layouts.sizes(dims, order), View.natural(dims)).node()
          : site.inserted(op, List.of(node), Layouts.sizes(dims, order));
    }
    View kept = View.ordered(dims, order);
    return new Feature(node, keep ? kept : kept.reshaped(Shapes.squeezed(dims, axes)).orElseThrow());
  }

  private static List<List<Integer>> neighbours(List<Integer> places) {
    List<List<Integer>> runs = new ArrayList<>();
    for (int place : places) {
      List<Integer> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
      if (!last.isEmpty() && last.get(last.size() - 1) == place - 1) {
        last.add(place);
      } else {
        runs.add(new ArrayList<>(List.of(place)));
      }
    }
    return runs;
  }

  static Tensor argMax(OperatorSite site) {
    Feature x = site.activation(0);
    site.requireRank(x, 1, 8);
    int axis = Shapes.axis(site.attributes().integer("axis", 0), x.rank());
    boolean keep = site.attributes().integer("keepdims", 1) != 0;
    boolean last = site.attributes().integer("select_last_index", 0) != 0;
    Rows rows = Rows.of(site, x, List.of(axis));
    List<Integer> dims = new ArrayList<>(x.dims());
    dims.set(axis, 1);
    View view = View.ordered(dims, rows.order());
    List<Integer> narrow = new ArrayList<>(x.dims());
    narrow.remove(axis);
    TensorType type = TensorType.plain(site.shape(rows.dims().subList(0, rows.dims().size() - 1)), ElementType.I32);
    return site.result(0, new Op.ArgMax(last), List.of(rows.node()), type,
        keep ? view : view.reshaped(narrow).orElseThrow());
  }

  static Tensor softmax(OperatorSite site) {
    return overRows(site, new Op.Softmax(1));
  }

  static Tensor logSoftmax(OperatorSite site) {
    return overRows(site, new Op.LogSoftmax());
  }

  /** Before version 13 all dimensions from the axis on are one row. */
  private static Tensor overRows(OperatorSite site, Op op) {
    Feature x = site.feature(0);
    site.requireRank(x, 1, 8);
    boolean single = site.opset() >= 13;
    int axis = Shapes.axis(site.attributes().integer("axis", single ? -1 : 1), x.rank() + (single ? 0 : 1));
    List<Integer> axes = new ArrayList<>();
    for (int d = axis; d < (single ? axis + 1 : x.rank()); d++) {
      axes.add(d);
    }
    Rows rows = Rows.of(site, x, axes);
    return site.result(op, List.of(rows.node()), rows.dims(), rows.view());
  }

  /**
   * A tensor whose memory has some dimensions as its last.
   *
   * @param order  of the file's dimensions in memory
   * @param view  the file's tensor in the node
   */
  private record Rows(Node node, List<Integer> dims, List<Integer> order, View view) {
    static Rows of(OperatorSite site, Feature operand, List<Integer> axes) {
      Feature x = Layouts.ordered(site, operand);
      List<Integer> own = x.view().order().orElseThrow();
      List<Integer> order = new ArrayList<>(own.stream().filter(d -> !axes.contains(d)).toList());
      order.addAll(own.stream().filter(axes::contains).toList());
      Feature moved = Layouts.moved(site, x, order);
      List<Integer> sizes = Layouts.sizes(x.dims(), order);
      int rest = order.size() - axes.size();
      List<Integer> dims = new ArrayList<>();
      if (rest <= 3) {
        dims.addAll(sizes.subList(0, rest));
      } else {
        dims.add(sizes.subList(0, rest).stream().reduce(1, Math::multiplyExact));
      }
      dims.add(sizes.subList(rest, sizes.size()).stream().reduce(1, Math::multiplyExact));
      return new Rows(Layouts.reshaped(site, moved.node(), dims), dims, order, View.ordered(x.dims(), order));
    }
  }
}
