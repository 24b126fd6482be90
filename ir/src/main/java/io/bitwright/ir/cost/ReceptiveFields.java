package io.bitwright.ir.cost;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The receptive field of every tensor of a graph, after Araujo, Norris and Sim, "Computing Receptive Fields of
 * Convolutional Neural Networks", Distill 2019: a layer of kernel k (dilated), stride s and padding p on a tensor with
 * field [u, v] and stride j gives [u - p j, v + (k - 1 - p) j] and stride s j; where branches meet, their union.
 *
 * <p>A pooling over the whole map loses positions, as do a mean over rows and columns, a reshape of them, and a fully
 * connected layer behind these.
 */
final class ReceptiveFields implements Op.Visitor<ReceptiveField> {
  private final Map<Node, ReceptiveField> fields = new IdentityHashMap<>();
  private Node node;

  ReceptiveFields(Graph graph) {
    for (Node next : graph.nodes()) {
      if (!next.isConstant()) {
        node = next;
        fields.put(next, next.op().accept(this));
      }
    }
  }

  ReceptiveField of(Node tensor) {
    return fields.get(tensor);
  }

  private ReceptiveField operands() {
    return activations().stream().map(this::of).reduce(ReceptiveField::and).orElse(ReceptiveField.WHOLE);
  }

  private List<Node> activations() {
    return node.operands().stream().filter(o -> !o.isConstant()).toList();
  }

  private ReceptiveField slid(Window window) {
    ReceptiveField field = operands();
    return new ReceptiveField(field.window().map(w -> new ReceptiveField.Window(
        w.rows().behind(window.extentH(), window.strideH(), window.padding().top()),
        w.columns().behind(window.extentW(), window.strideW(), window.padding().left()))), field.wholeInput());
  }

  private ReceptiveField pooled(Window window) {
    Shape map = node.operand(0).type().shape();
    boolean global = window.extentH() >= map.dim(1) && window.extentW() >= map.dim(2) && map.dim(1) * map.dim(2) > 1;
    return global ? ReceptiveField.WHOLE : slid(window);
  }

  private ReceptiveField moved(int rows, int columns) {
    ReceptiveField field = operands();
    return new ReceptiveField(field.window().map(w ->
        new ReceptiveField.Window(w.rows().shifted(rows), w.columns().shifted(columns))), field.wholeInput());
  }

  /** Positions last as long as the result has the operand's rows and columns. */
  private ReceptiveField inPlace() {
    Shape from = node.operand(0).type().shape();
    Shape to = node.type().shape();
    boolean same = from.rank() == 4 && to.rank() == 4 && from.dim(1) == to.dim(1) && from.dim(2) == to.dim(2);
    return same ? operands() : ReceptiveField.WHOLE;
  }

  @Override
  public ReceptiveField visit(Op.Input op) {
    return node.type().shape().rank() == 4 ? ReceptiveField.PIXEL : ReceptiveField.WHOLE;
  }

  @Override
  public ReceptiveField visit(Op.Constant op) {
    throw new IllegalStateException("constants have no receptive field");
  }

  @Override
  public ReceptiveField visit(Op.Conv2d op) {
    return slid(op.window());
  }

  @Override
  public ReceptiveField visit(Op.DepthwiseConv2d op) {
    return slid(op.window());
  }

  @Override
  public ReceptiveField visit(Op.FullyConnected op) {
    return inPlace();
  }

  @Override
  public ReceptiveField visit(Op.AveragePool2d op) {
    return pooled(op.window());
  }

  @Override
  public ReceptiveField visit(Op.MaxPool2d op) {
    return pooled(op.window());
  }

  @Override
  public ReceptiveField visit(Op.Mean op) {
    return inPlace();
  }

  @Override
  public ReceptiveField visit(Op.Add op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Mul op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Concat op) {
    return op.axis() == node.type().shape().rank() - 1 ? operands() : ReceptiveField.WHOLE;
  }

  @Override
  public ReceptiveField visit(Op.Pad op) {
    return op.before().size() == 4 ? moved(-op.before().get(1), -op.before().get(2)) : operands();
  }

  @Override
  public ReceptiveField visit(Op.Slice op) {
    return op.begin().size() == 4 ? moved(op.begin().get(1), op.begin().get(2)) : operands();
  }

  @Override
  public ReceptiveField visit(Op.ChannelShuffle op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Elementwise op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Transpose op) {
    return ReceptiveField.WHOLE;
  }

  @Override
  public ReceptiveField visit(Op.Gather op) {
    return op.axis() == node.type().shape().rank() - 1 ? operands() : ReceptiveField.WHOLE;
  }

  @Override
  public ReceptiveField visit(Op.ResizeBilinear op) {
    return ReceptiveField.WHOLE;
  }

  @Override
  public ReceptiveField visit(Op.BatchNorm op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.LocalResponseNorm op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Reshape op) {
    return inPlace();
  }

  @Override
  public ReceptiveField visit(Op.Softmax op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.LogSoftmax op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.ArgMax op) {
    return inPlace();
  }

  @Override
  public ReceptiveField visit(Op.Logistic op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.HardSwish op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Relu op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Clip op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.HardSigmoid op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Swish op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Tanh op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Unary op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Quantize op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Dequantize op) {
    return operands();
  }

  @Override
  public ReceptiveField visit(Op.Table op) {
    return operands();
  }
}
