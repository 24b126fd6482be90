package io.bitwright.ir.graph;

import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** The rules of each operator for one node, whose operand count is right already. */
final class NodeRules implements Op.Visitor<Void> {
  private static final int LARGEST_NEIGHBOURHOOD = 64;

  private final Node node;
  private final NodeChecks checks;

  NodeRules(Node node, GraphVerifier verifier) {
    this.node = node;
    this.checks = new NodeChecks(node, verifier);
  }

  private TensorType x() {
    return node.operand(0).type();
  }

  private TensorType y() {
    return node.type();
  }

  @Override
  public Void visit(Op.Input op) {
    checks.require(y().element() != ElementType.I64,
        "has element type " + y().element().text() + " (must be f32, i8, u8, i16 or i32)");
    return null;
  }

  @Override
  public Void visit(Op.Constant op) {
    checks.require(op.data().element() == y().element(),
        "holds " + op.data().element().text() + " (must be " + y().element().text() + ")");
    checks.require(op.data().elements() == y().shape().elements(),
        "holds " + op.data().elements() + " elements (must be " + y().shape().elements() + ")");
    return null;
  }

  @Override
  public Void visit(Op.Conv2d op) {
    Shape weights = node.operand(1).type().shape();
    boolean ranks = checks.rank("x", x(), 4) && checks.rank("weights", node.operand(1).type(), 4);
    if (ranks && checks.weighted(0, weights.dim(0)) && checks.kernel(op.window(), weights)) {
      int channels = x().shape().dim(3);
      int filters = weights.dim(0);
      boolean grouped = checks.require(op.groups() >= 1 && channels % op.groups() == 0 && filters % op.groups() == 0,
          "has " + op.groups() + " groups (must divide " + channels + " input and " + filters + " output channels)");
      if (grouped) {
        checks.require(weights.dim(3) == channels / op.groups(),
            "has weights for " + weights.dim(3) + " channels (must be " + channels / op.groups() + ")");
      }
      window(op.window(), filters);
    }
    checks.clamp(op.clamp());
    return null;
  }

  @Override
  public Void visit(Op.DepthwiseConv2d op) {
    Shape weights = node.operand(1).type().shape();
    boolean ranks = checks.rank("x", x(), 4) && checks.rank("weights", node.operand(1).type(), 4);
    if (ranks && checks.weighted(3, weights.dim(3)) && checks.kernel(op.window(), weights)) {
      long filters = (long) x().shape().dim(3) * op.multiplier();
      checks.require(weights.dim(0) == 1, "has weights of shape " + weights + " (must begin with 1)");
      checks.require(weights.dim(3) == filters, "has " + weights.dim(3) + " filters (must be " + filters + ")");
      window(op.window(), weights.dim(3));
    }
    checks.clamp(op.clamp());
    return null;
  }

  @Override
  public Void visit(Op.FullyConnected op) {
    Shape weights = node.operand(1).type().shape();
    boolean ranks = checks.require(x().shape().rank() >= 1, "has an operand without dimensions")
        && checks.rank("weights", node.operand(1).type(), 2);
    if (ranks && checks.weighted(0, weights.dim(0))) {
      checks.require(weights.dim(1) == x().shape().dim(-1),
          "has weights for " + weights.dim(1) + " channels (must be " + x().shape().dim(-1) + ")");
      List<Integer> dims = new ArrayList<>(x().shape().dims());
      dims.set(dims.size() - 1, weights.dim(0));
      checks.shape(dims);
    }
    checks.clamp(op.clamp());
    return null;
  }

  private void window(Window window, int channels) {
    if (!checks.sized(window)) {
      return;
    }
    Shape in = x().shape();
    checks.shape(List.of(in.dim(0), window.outputH(in.dim(1)), window.outputW(in.dim(2)), channels));
  }

  private Void pool(Window window, Clamp clamp) {
    if (checks.rank("x", x(), 4)) {
      checks.computedWide(x());
      checks.sameQuantization(x());
      checks.touches(window);
      window(window, x().shape().dim(3));
    }
    checks.clamp(clamp);
    return null;
  }

  @Override
  public Void visit(Op.AveragePool2d op) {
    return pool(op.window(), op.clamp());
  }

  @Override
  public Void visit(Op.MaxPool2d op) {
    return pool(op.window(), op.clamp());
  }

  @Override
  public Void visit(Op.Mean op) {
    checks.computedWide(x());
    List<Integer> dims = new ArrayList<>();
    List<Integer> sorted = op.axes().stream().sorted().distinct().toList();
    boolean legal = sorted.equals(op.axes()) && !sorted.isEmpty() && sorted.get(0) >= 0
        && sorted.get(sorted.size() - 1) < x().shape().rank();
    if (checks.require(legal, "has axes " + op.axes() + " (must ascend within rank " + x().shape().rank() + ")")) {
      for (int i = 0; i < x().shape().rank(); i++) {
        if (!op.axes().contains(i)) {
          dims.add(x().shape().dim(i));
        } else if (op.keepDims()) {
          dims.add(1);
        }
      }
      checks.shape(dims);
    }
    return null;
  }

  @Override
  public Void visit(Op.Add op) {
    new ArithmeticRules(node, checks).binary(op.clamp());
    return null;
  }

  @Override
  public Void visit(Op.Mul op) {
    new ArithmeticRules(node, checks).binary(op.clamp());
    return null;
  }

  @Override
  public Void visit(Op.Elementwise op) {
    new ArithmeticRules(node, checks).elementwise(op);
    return null;
  }

  @Override
  public Void visit(Op.Concat op) {
    new MovementRules(node, checks).concat(op);
    return null;
  }

  @Override
  public Void visit(Op.Pad op) {
    new MovementRules(node, checks).pad(op);
    return null;
  }

  @Override
  public Void visit(Op.Slice op) {
    new MovementRules(node, checks).slice(op);
    return null;
  }

  @Override
  public Void visit(Op.ChannelShuffle op) {
    new MovementRules(node, checks).shuffle(op);
    return null;
  }

  @Override
  public Void visit(Op.Transpose op) {
    new MovementRules(node, checks).transpose(op);
    return null;
  }

  @Override
  public Void visit(Op.Gather op) {
    new MovementRules(node, checks).gather(op);
    return null;
  }

  @Override
  public Void visit(Op.ResizeBilinear op) {
    new MovementRules(node, checks).resize(op);
    return null;
  }

  @Override
  public Void visit(Op.BatchNorm op) {
    boolean real = checks.require(x().isFloat() && y().isFloat(), "gives " + NodeChecks.describe(y()) + " from "
        + NodeChecks.describe(x()) + " (must be f32)");
    boolean channels = checks.require(x().shape().rank() >= 1, "has an operand without dimensions");
    if (real && channels && checks.channelConstants(x().shape().dim(-1))) {
      checks.require(ChannelScaling.isFinite(node, op.epsilon()),
          "has a variance that is not positive with epsilon " + op.epsilon() + ", or a factor that is not finite");
    }
    checks.shape(x().shape().dims());
    return null;
  }

  @Override
  public Void visit(Op.LocalResponseNorm op) {
    unary();
    checks.require(x().shape().rank() >= 1, "has an operand without dimensions");
    checks.require(op.size() >= 1 && op.size() <= LARGEST_NEIGHBOURHOOD,
        "has size " + op.size() + " (must be 1 to " + LARGEST_NEIGHBOURHOOD + ")");
    checks.require(op.bias() > 0 && op.alpha() >= 0 && Float.isFinite(op.bias()) && Float.isFinite(op.alpha())
        && Float.isFinite(op.beta()), "has alpha " + op.alpha() + ", beta " + op.beta() + " and bias " + op.bias()
        + " (must be finite, alpha not negative, bias positive)");
    return null;
  }

  @Override
  public Void visit(Op.Reshape op) {
    checks.sameQuantization(x());
    checks.require(x().shape().elements() == y().shape().elements(),
        "has " + y().shape().elements() + " elements (must be " + x().shape().elements() + ")");
    return null;
  }

  @Override
  public Void visit(Op.Softmax op) {
    wideUnary();
    checks.require(x().shape().rank() >= 1, "has an operand without dimensions");
    checks.require(op.beta() > 0 && Float.isFinite(op.beta()), "has beta " + op.beta() + " (must be positive)");
    checks.probability();
    return null;
  }

  @Override
  public Void visit(Op.LogSoftmax op) {
    unary();
    checks.require(x().shape().rank() >= 1, "has an operand without dimensions");
    checks.logarithm();
    return null;
  }

  @Override
  public Void visit(Op.ArgMax op) {
    checks.require(NodeChecks.isActivation(x()), "has an operand of " + NodeChecks.describe(x()));
    checks.require(y().element() == ElementType.I32 && !y().isPerTensor(),
        "gives " + NodeChecks.describe(y()) + " (must be i32)");
    int rank = x().shape().rank();
    if (checks.require(rank >= 1, "has an operand without dimensions")) {
      checks.shape(x().shape().dims().subList(0, rank - 1));
    }
    return null;
  }

  @Override
  public Void visit(Op.Logistic op) {
    wideUnary();
    checks.probability();
    return null;
  }

  @Override
  public Void visit(Op.HardSwish op) {
    return unary();
  }

  @Override
  public Void visit(Op.Relu op) {
    return wideUnary();
  }

  @Override
  public Void visit(Op.Clip op) {
    return wideUnary();
  }

  @Override
  public Void visit(Op.HardSigmoid op) {
    return unary();
  }

  @Override
  public Void visit(Op.Swish op) {
    return unary();
  }

  @Override
  public Void visit(Op.Tanh op) {
    wideUnary();
    checks.wideFraction();
    return null;
  }

  @Override
  public Void visit(Op.Unary op) {
    wideUnary();
    new ArithmeticRules(node, checks).unary(op.function());
    return null;
  }

  private Void unary() {
    checks.computed(x());
    checks.shape(x().shape().dims());
    return null;
  }

  /** As {@link #unary}, of 16-bit codes too. */
  private Void wideUnary() {
    checks.computedWide(x());
    checks.shape(x().shape().dims());
    return null;
  }

  @Override
  public Void visit(Op.Quantize op) {
    checks.require(NodeChecks.isActivation(x()) || NodeChecks.isWide(x()),
        "has an operand of " + NodeChecks.describe(x()));
    checks.require(NodeChecks.isActivation(y()) && !y().isFloat() || NodeChecks.isWide(y()),
        "gives " + NodeChecks.describe(y()));
    checks.shape(x().shape().dims());
    return null;
  }

  @Override
  public Void visit(Op.Dequantize op) {
    boolean codes = NodeChecks.isActivation(x()) && !x().isFloat() || NodeChecks.isWide(x());
    checks.require(codes || NodeChecks.isAccumulator(x()),
        "has an operand of " + NodeChecks.describe(x()));
    checks.require(y().isFloat(), "gives " + NodeChecks.describe(y()) + " (must be f32)");
    checks.shape(x().shape().dims());
    return null;
  }

  @Override
  public Void visit(Op.Table op) {
    checks.require(NodeChecks.isActivation(x()) && !x().isFloat(), "has an operand of " + NodeChecks.describe(x()));
    checks.require(NodeChecks.isActivation(y()) && !y().isFloat(), "gives " + NodeChecks.describe(y()));
    checks.shape(x().shape().dims());
    Node table = node.operand(1);
    checks.require(table.isConstant(), "has a table that is not constant");
    checks.require(table.type().shape().dims().equals(List.of(256)) && table.type().element() == y().element(),
        "has a table of " + NodeChecks.describe(table.type()) + " (must be 256 x " + y().element().text() + ")");
    return null;
  }
}
