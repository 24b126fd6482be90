package io.bitwright.frontend.onnx.movement;

import io.bitwright.frontend.onnx.fold.Shapes;
import io.bitwright.frontend.onnx.fold.Shapes.Range;
import io.bitwright.frontend.onnx.site.Box;
import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Concat, Split, Slice and Gather: boxes of tensors, whatever the order of their elements in memory. */
public final class MovementImport {
  private static final int LONGEST_GATHER = 1 << 16;

  private MovementImport() {}

  public static Tensor concat(OperatorSite site) {
    site.requireOperands(1, Integer.MAX_VALUE);
    List<Tensor> parts = IntStream.range(0, site.operands().size()).mapToObj(site::tensor).toList();
    int rank = parts.get(0).rank();
    if (site.opset() >= 4 && !site.attributes().has("axis")) {
      throw site.unsupported("attribute axis is missing");
    }
    int axis = Shapes.axis(site.attributes().integer("axis", 1), rank);
    List<Integer> dims = new ArrayList<>(parts.get(0).dims());
    long total = 0;
    for (Tensor part : parts) {
      List<Integer> others = new ArrayList<>(part.dims());
      if (others.size() == rank) {
        total += others.get(axis);
        others.set(axis, dims.get(axis));
      }
      if (!others.equals(dims)) {
        throw site.badShape("it joins shapes " + dims + " and " + part.dims() + " along axis " + axis);
      }
    }
    dims.set(axis, (int) Math.min(total, Integer.MAX_VALUE));
    Box box = Box.of(site, largest(site, parts));
    TensorType type = box.node().type().withShape(site.shape(Layouts.sizes(dims, box.order())));
    List<Node> operands = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).elements() > 0) {
        operands.add(part(site, i, box.order()));
        TensorType own = operands.get(operands.size() - 1).type();
        if (own.element() != type.element() || !own.quantization().equals(type.quantization())) {
          throw site.unsupported("it joins codes of different scales or types");
        }
      }
    }
    Op op = new Op.Concat(box.order().indexOf(axis));
    return site.result(0, op, operands, type, View.ordered(dims, box.order()));
  }

  /** The part whose order of elements the result takes. */
  private static Feature largest(OperatorSite site, List<Tensor> parts) {
    Feature largest = null;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Feature && (largest == null || parts.get(i).elements() > largest.elements())) {
        largest = site.any(i);
      }
    }
    if (largest == null) {
      throw site.unsupported("all of its operands are constants of a type that is not folded");
    }
    return largest;
  }

  private static Node part(OperatorSite site, int operand, List<Integer> order) {
    if (site.tensor(operand) instanceof Array) {
      Array array = site.reals(operand, "an operand");
      return site.constant(array.name(), Layouts.sizes(array.dims(), order), array.transposed(order).data());
    }
    return Layouts.arranged(site, site.any(operand), order);
  }

  public static List<Tensor> split(OperatorSite site) {
    Feature x = site.any(0);
    int axis = Shapes.axis(site.attributes().integer("axis", 0), x.rank());
    List<Long> given = site.integers("split", 1).orElse(List.of());
    long outputs = site.attributes().integer("num_outputs", site.results());
    if (outputs != site.results()) {
      throw site.unsupported("num_outputs is " + outputs + ", it has " + site.results() + " results");
    }
    List<Integer> parts = Shapes.parts(x.dims().get(axis), given, site.results());
    Box box = Box.of(site, x);
    List<Tensor> results = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      List<Integer> begin = new ArrayList<>(Collections.nCopies(x.rank(), 0));
      List<Integer> extent = new ArrayList<>(x.dims());
      begin.set(axis, at);
      extent.set(axis, parts.get(i));
      at += parts.get(i);
      results.add(box.slice(site, i, begin, extent));
    }
    return results;
  }

  public static Tensor slice(OperatorSite site) {
    Feature x = site.any(0);
    List<Range> ranges = Shapes.ranges(x.dims(), numbers(site, "starts", 1), numbers(site, "ends", 2),
        numbers(site, "axes", 3), site.optional(4, "steps").map(Array::integers).orElse(new long[0]));
    Box box = Box.of(site, x);
    List<Integer> begin = new ArrayList<>();
    List<Integer> extent = new ArrayList<>();
    List<Range> stepped = new ArrayList<>();
    for (int d = 0; d < ranges.size(); d++) {
      Range range = ranges.get(d);
      if (range.count() == 0) {
        throw site.badShape("it takes nothing of dimension " + d + " of shape " + x.dims());
      }
      boolean plain = range.step() == 1 || range.count() == 1;
      begin.add(plain ? range.begin() : 0);
      extent.add(plain ? range.count() : x.dims().get(d));
      stepped.add(plain ? new Range(0, 1, range.count()) : range);
    }
    Node node = box.node();
    if (stepped.stream().allMatch(r -> r.step() == 1)) {
      return box.slice(site, 0, begin, extent);
    }
    if (!extent.equals(x.dims())) {
      List<Integer> sizes = Layouts.sizes(extent, box.order());
      node = site.insertedMove(new Op.Slice(Layouts.sizes(begin, box.order()), sizes), node, sizes);
    }
    List<Integer> dims = new ArrayList<>(extent);
    for (int d = 0; d < stepped.size(); d++) {
      Range range = stepped.get(d);
      if (range.step() != 1) {
        dims.set(d, range.count());
        List<Integer> indices = IntStream.range(0, range.count()).mapToObj(i -> range.begin()
            + i * range.step()).toList();
        node = gathered(site, node, box.order().indexOf(d), indices);
      }
    }
    return last(site, node, View.ordered(dims, box.order()));
  }

  private static long[] numbers(OperatorSite site, String name, int operand) {
    return site.integers(name, operand).orElse(List.of()).stream().mapToLong(v -> v).toArray();
  }

  static void requireFew(OperatorSite site, int indices) {
    if (indices > LONGEST_GATHER) {
      throw site.error(DiagnosticId.TOO_LARGE, "a list of indices", indices, LONGEST_GATHER);
    }
  }

  /** Given indices of one of a node's dimensions. */
  static Node gathered(OperatorSite site, Node node, int axis, List<Integer> indices) {
    requireFew(site, indices.size());
    List<Integer> dims = new ArrayList<>(node.type().shape().dims());
    dims.set(axis, indices.size());
    return site.insertedMove(new Op.Gather(axis, indices), node, dims);
  }

  /** The node as the operator's result. */
  static Feature last(OperatorSite site, Node node, View view) {
    return site.result(0, node.op(), node.operands(), node.type(), view);
  }

  public static Tensor gather(OperatorSite site) {
    Feature x = site.any(0);
    Array indices = site.constant(1, "the indices");
    int axis = Shapes.axis(site.attributes().integer("axis", 0), x.rank());
    Box box = Box.of(site, x);
    List<Integer> chosen = IntStream.range(0, indices.data().elements())
        .mapToObj(i -> Shapes.axis(indices.integer(i), x.dims().get(axis))).toList();
    if (chosen.isEmpty()) {
      throw site.badShape("it takes nothing");
    }
    Node node = gathered(site, box.node(), box.order().indexOf(axis), chosen);
    List<Integer> dims = new ArrayList<>(x.dims());
    dims.set(axis, chosen.size());
    List<Integer> shape = new ArrayList<>(x.dims());
    shape.remove(axis);
    shape.addAll(axis, indices.dims());
    return last(site, node, View.ordered(dims, box.order()).reshaped(shape).orElseThrow());
  }
}
