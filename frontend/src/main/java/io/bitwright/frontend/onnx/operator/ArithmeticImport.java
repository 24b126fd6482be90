package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.fold.Shapes;
import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.View;
import io.bitwright.ir.type.View.Loop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Functions of two or more tensors with broadcast, element by element. */
final class ArithmeticImport {
  private static final Op SUM = new Op.Add(Clamp.NONE, Rounding.TIES_EVEN);
  private static final Op PRODUCT = new Op.Mul(Clamp.NONE, Rounding.TIES_EVEN);
  private static final int HIGHEST_RANK = 4;

  private ArithmeticImport() {}

  static Tensor add(OperatorSite site) {
    return binary(site, SUM);
  }

  static Tensor mul(OperatorSite site) {
    return binary(site, PRODUCT);
  }

  /** Less a constant is plus the negated one, to the bit. */
  static Tensor sub(OperatorSite site) {
    if (site.has(1) && site.tensor(1) instanceof Array array && array.type() == DataType.FLOAT
        && array.codes().isEmpty()) {
      float[] negated = array.reals();
      for (int i = 0; i < negated.length; i++) {
        negated[i] = -negated[i];
      }
      site.requireOperands(2, 2);
      return apply(site, SUM, site.tensor(0), Array.ofReals(array.name(), array.dims(), negated), true);
    }
    return binary(site, new Op.Elementwise(BinaryFunction.SUB));
  }

  static Tensor div(OperatorSite site) {
    return binary(site, new Op.Elementwise(BinaryFunction.DIV));
  }

  static Tensor prelu(OperatorSite site) {
    site.requireOperands(2, 2);
    Feature x = site.feature(0);
    Array given = site.reals(1, "the slopes");
    boolean channels = site.opset() < 7 && given.rank() == 1 && given.data().elements() > 1;
    Array slope = channels ? given.reshaped(onChannels(given.data().elements(), x.rank())) : given;
    if (!Shapes.broadcast(x.dims(), slope.dims()).equals(x.dims())) {
      throw site.badShape("the slopes of shape " + slope.dims() + " do not broadcast to " + x.dims());
    }
    return apply(site, new Op.Elementwise(BinaryFunction.PRELU), x, slope, true);
  }

  private static List<Integer> onChannels(int channels, int rank) {
    List<Integer> dims = new ArrayList<>(Collections.nCopies(Math.max(1, rank - 1), 1));
    dims.set(0, channels);
    return dims;
  }

  private static Tensor binary(OperatorSite site, Op op) {
    site.requireOperands(2, 2);
    if (site.attributes().has("broadcast") || site.attributes().has("axis")) {
      throw site.unsupported("it broadcasts as before operator set 7 (must follow numpy)");
    }
    return apply(site, op, site.tensor(0), site.tensor(1), true);
  }

  /** The smallest, largest or the sum of any number of tensors. */
  static OperatorImport.Single several(Op op) {
    return site -> {
      site.requireOperands(1, Integer.MAX_VALUE);
      Tensor result = site.tensor(0);
      for (int i = 1; i < site.operands().size(); i++) {
        boolean last = i == site.operands().size() - 1;
        Optional<Clamp> limit = limit(op, site.tensor(i)).filter(l -> last);
        result = limit.isPresent() && result instanceof Feature x && x.type() == DataType.FLOAT
            ? site.result(new Op.Clip(limit.get(), Rounding.TIES_EVEN), List.of(x.node()),
                x.node().type().shape().dims(),
                x.view())
            : apply(site, op, result, site.tensor(i), last);
      }
      return site.operands().size() > 1 ? result : site.seen(site.feature(0), site.feature(0).view());
    };
  }

  /** The limit that the smaller or larger of a tensor and one number is. */
  private static Optional<Clamp> limit(Op op, Tensor other) {
    boolean one = other instanceof Array array && array.type() == DataType.FLOAT && array.data().elements() == 1
        && array.rank() <= 1 && !Float.isNaN(array.real(0));
    if (!one || !(op instanceof Op.Elementwise function)) {
      return Optional.empty();
    }
    float value = ((Array) other).real(0);
    return Optional.of(function.function() == BinaryFunction.MIN ? new Clamp(Double.NEGATIVE_INFINITY, value)
        : new Clamp(value, Double.POSITIVE_INFINITY));
  }

  /** One function of two tensors, at least one of which is computed; the operator's result if {@code last}. */
  private static Feature apply(OperatorSite site, Op op, Tensor a, Tensor b, boolean last) {
    requireReal(site, a);
    requireReal(site, b);
    List<Integer> dims = Shapes.broadcast(a.dims(), b.dims());
    Feature leader = leader(site, a, b, dims);
    List<Integer> fine = new ArrayList<>();
    List<List<Integer>> loops = new ArrayList<>();
    for (List<Loop> dim : leader.view().dims()) {
      List<Integer> sizes = dim.isEmpty() ? List.of(1) : dim.stream().map(Loop::extent).toList();
      loops.add(sizes);
      fine.addAll(sizes);
    }
    Feature refined = new Feature(leader.node(), leader.view().reshaped(fine).orElseThrow());
    List<Integer> order = refined.view().order().orElseThrow();
    Operand left = operand(site, a, leader.dims(), loops, order);
    Operand right = operand(site, b, leader.dims(), loops, order);
    List<List<Integer>> groups = groups(site, left.sizes, right.sizes);
    List<Integer> out = IntStream.range(0, order.size()).mapToObj(i -> Math.max(left.sizes.get(i), right.sizes.get(i)))
        .toList();
    View ordered = View.ordered(unordered(out, order), order);
    View view = ordered.reshaped(dims).orElseThrow();
    List<Node> operands = List.of(left.node(site, groups), right.node(site, groups));
    List<Integer> grouped = grouped(out, groups);
    return last ? site.result(op, operands, grouped, view) : new Feature(site.inserted(op, operands, grouped), view);
  }

  private static void requireReal(OperatorSite site, Tensor tensor) {
    if (tensor.type() != DataType.FLOAT) {
      throw site.error(DiagnosticId.UNSUPPORTED_TYPE, tensor instanceof Array a ? a.name()
          : ((Feature) tensor).node().name(),
          tensor.type().text(), "float");
    }
  }

  /** The operand whose order of elements the result takes: one that is not repeated, if there is one. */
  private static Feature leader(OperatorSite site, Tensor a, Tensor b, List<Integer> dims) {
    Feature best = null;
    for (Tensor tensor : List.of(a, b)) {
      if (tensor instanceof Feature feature && (best == null || feature.elements() > best.elements())) {
        best = feature;
      }
    }
    if (best == null) {
      throw site.unsupported("all of its operands are constants");
    }
    Feature aligned = new Feature(best.node(), best.view().reshaped(aligned(best.dims(), dims.size())).orElseThrow());
    return aligned.dims().equals(dims) ? aligned : Layouts.ordered(site, aligned);
  }

  private static List<Integer> aligned(List<Integer> dims, int rank) {
    List<Integer> aligned = new ArrayList<>(Collections.nCopies(rank - dims.size(), 1));
    aligned.addAll(dims);
    return aligned;
  }

  private static List<Integer> unordered(List<Integer> sizes, List<Integer> order) {
    List<Integer> dims = new ArrayList<>(sizes);
    for (int i = 0; i < order.size(); i++) {
      dims.set(order.get(i), sizes.get(i));
    }
    return dims;
  }

  /** An operand in the order of the result, not yet joined into at most four dimensions. */
  private record Operand(Node node, Array array, List<Integer> sizes) {
    Node node(OperatorSite site, List<List<Integer>> groups) {
      List<Integer> dims = grouped(sizes, groups);
      if (node != null) {
        return Layouts.reshaped(site, node, dims);
      }
      int ones = 0;
      while (ones < dims.size() - 1 && dims.get(ones) == 1) {
        ones++;
      }
      return site.constant(array.reshaped(dims.subList(ones, dims.size())));
    }
  }

  /** An operand whose dimensions are split as the leader's are, where it is not repeated along them. */
  private static Operand operand(OperatorSite site, Tensor tensor, List<Integer> leader, List<List<Integer>> loops,
      List<Integer> order) {
    List<Integer> dims = aligned(tensor.dims(), loops.size());
    List<Integer> fine = new ArrayList<>();
    for (int d = 0; d < dims.size(); d++) {
      int size = dims.get(d);
      boolean split = size > 1 && size == leader.get(d);
      fine.addAll(split ? loops.get(d) : size == 1 ? Collections.nCopies(loops.get(d).size(), 1) : List.of(size));
    }
    List<Integer> sizes = Layouts.sizes(fine, order);
    if (tensor instanceof Array array) {
      return new Operand(null, array.reshaped(fine).transposed(order), sizes);
    }
    Feature x = (Feature) tensor;
    Feature split = x.view().reshaped(fine).map(v -> new Feature(x.node(), v)).orElseGet(() -> {
      Feature natural = Layouts.moved(site, x, Layouts.natural(x.rank()));
      return new Feature(natural.node(), natural.view().reshaped(fine).orElseThrow());
    });
    return new Operand(Layouts.moved(site, split, order).node(), null, sizes);
  }

  /**
   * Dimensions in memory joined until there are at most four: neighbours along which each operand is, or is not,
   * repeated.
   */
  private static List<List<Integer>> groups(OperatorSite site, List<Integer> left, List<Integer> right) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      groups.add(new ArrayList<>(List.of(i)));
    }
    for (int g = 0; groups.size() > HIGHEST_RANK && g + 1 < groups.size();) {
      int a = groups.get(g).get(0);
      int b = groups.get(g + 1).get(0);
      boolean same = kind(left, right, a) == kind(left, right, b);
      if (same || left.get(b) == 1 && right.get(b) == 1) {
        groups.get(g).addAll(groups.remove(g + 1));
      } else {
        g++;
      }
    }
    if (groups.size() > HIGHEST_RANK) {
      throw site.unsupported("shapes that are repeated along every other dimension of more than four");
    }
    return groups;
  }

  private static int kind(List<Integer> left, List<Integer> right, int dim) {
    return left.get(dim).equals(right.get(dim)) ? 0 : left.get(dim) == 1 ? 1 : 2;
  }

  private static List<Integer> grouped(List<Integer> sizes, List<List<Integer>> groups) {
    return groups.stream().map(g -> g.stream().map(sizes::get).reduce(1, Math::multiplyExact)).toList();
  }
}
