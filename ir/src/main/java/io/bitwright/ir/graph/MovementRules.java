package io.bitwright.ir.graph;

import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The verifier's rules of operators that move elements and compute nothing. */
final class MovementRules {
  private final Node node;
  private final NodeChecks checks;

  MovementRules(Node node, NodeChecks checks) {
    this.node = node;
    this.checks = checks;
  }

  private TensorType x() {
    return node.operand(0).type();
  }

  void concat(Op.Concat op) {
    int rank = x().shape().rank();
    if (!checks.require(op.axis() >= 0 && op.axis() < rank, "has axis " + op.axis() + " (rank is " + rank + ")")) {
      return;
    }
    checks.require(!op.interleaved() || op.axis() == rank - 1,
        "interleaves along axis " + op.axis() + " of rank " + rank);
    long total = 0;
    for (Node operand : node.operands()) {
      checks.require(!op.interleaved() || operand.type().equals(x()), "interleaves operands of different types");
      Shape shape = operand.type().shape();
      checks.joins(operand.type());
      List<Integer> others = new ArrayList<>(shape.dims());
      boolean fits = shape.rank() == rank;
      if (fits) {
        others.set(op.axis(), x().shape().dim(op.axis()));
        fits = others.equals(x().shape().dims());
        total += shape.dim(op.axis());
      }
      checks.require(fits, "has operands of shapes " + x().shape() + " and " + shape);
    }
    List<Integer> dims = new ArrayList<>(x().shape().dims());
    dims.set(op.axis(), (int) Math.min(total, Integer.MAX_VALUE));
    checks.shape(dims);
  }

  void pad(Op.Pad op) {
    checks.computedWide(x());
    checks.sameQuantization(x());
    op.value().ifPresent(this::padValue);
    int rank = x().shape().rank();
    boolean legal = op.before().size() == rank && op.after().size() == rank
        && op.before().stream().allMatch(p -> p >= 0) && op.after().stream().allMatch(p -> p >= 0);
    if (checks.require(legal, "pads by " + op.before() + " and " + op.after() + " (rank is " + rank + ")")) {
      List<Integer> dims = new ArrayList<>();
      for (int i = 0; i < rank; i++) {
        long sum = (long) op.before().get(i) + x().shape().dim(i) + op.after().get(i);
        dims.add((int) Math.min(sum, Integer.MAX_VALUE));
      }
      checks.shape(dims);
    }
  }

  private void padValue(double value) {
    boolean legal = x().isFloat() ? !Double.isNaN(value)
        : value == Math.rint(value) && value >= x().element().min() && value <= x().element().max();
    checks.require(legal, "pads with " + value + " (must be a value of " + x().element().text() + ")");
  }

  void slice(Op.Slice op) {
    checks.sameQuantization(x());
    List<Integer> dims = x().shape().dims();
    boolean legal = op.begin().size() == dims.size() && op.extent().size() == dims.size();
    for (int i = 0; legal && i < dims.size(); i++) {
      legal = op.begin().get(i) >= 0 && op.extent().get(i) >= 1
          && (long) op.begin().get(i) + op.extent().get(i) <= dims.get(i);
    }
    if (checks.require(legal, "takes " + op.extent() + " from " + op.begin() + " of shape " + x().shape())) {
      checks.shape(op.extent());
    }
  }

  void shuffle(Op.ChannelShuffle op) {
    checks.sameQuantization(x());
    checks.shape(x().shape().dims());
    boolean divides = x().shape().rank() >= 1 && op.groups() >= 1 && x().shape().dim(-1) % op.groups() == 0;
    checks.require(divides, "has " + op.groups() + " groups (must divide the channels of shape " + x().shape() + ")");
  }

  void transpose(Op.Transpose op) {
    checks.sameQuantization(x());
    List<Integer> dims = x().shape().dims();
    boolean legal = op.order().stream().sorted().toList().equals(IntStream.range(0, dims.size()).boxed().toList());
    if (checks.require(legal, "has order " + op.order() + " (must name the dimensions of shape " + x().shape() + ")")) {
      checks.shape(op.order().stream().map(dims::get).toList());
    }
  }

  void gather(Op.Gather op) {
    checks.sameQuantization(x());
    int rank = x().shape().rank();
    boolean fits = op.axis() >= 0 && op.axis() < rank && !op.indices().isEmpty();
    if (checks.require(fits, "has axis " + op.axis() + " and " + op.indices().size() + " indices (rank is " + rank + ")")) {
      int size = x().shape().dim(op.axis());
      checks.require(op.indices().stream().allMatch(i -> i >= 0 && i < size),
          "has indices outside of dimension " + op.axis() + " of shape " + x().shape());
      List<Integer> dims = new ArrayList<>(x().shape().dims());
      dims.set(op.axis(), op.indices().size());
      checks.shape(dims);
    }
  }

  void resize(Op.ResizeBilinear op) {
    checks.computedWide(x());
    checks.sameQuantization(x());
    checks.require(!op.alignCorners() || !op.halfPixelCenters(), "has both aligned corners and half-pixel centres");
    if (checks.rank("x", x(), 4) && checks.rank("result", node.type(), 4)) {
      List<Integer> in = x().shape().dims();
      List<Integer> out = node.type().shape().dims();
      checks.shape(List.of(in.get(0), out.get(1), out.get(2), in.get(3)));
    }
  }
}
