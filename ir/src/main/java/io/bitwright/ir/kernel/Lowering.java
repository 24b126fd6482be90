package io.bitwright.ir.kernel;

import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.UnaryMeaning;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.ScalarOverflowException;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The only translation of operators to kernels. Unsigned codes become signed ones, zero points of inputs go into the
 * biases, reshapes become aliases. Expects a graph that the verifier accepts.
 */
public final class Lowering implements Op.Visitor<Value> {
  private final Diagnostics diagnostics;
  private final List<Value> values = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final Map<Node, Value> lowered = new IdentityHashMap<>();
  private Node node;

  private Lowering(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * Lowers a verified graph.
   *
   * @throws DiagnosticException with every operator that has no kernel
   */
  public static Program lower(Graph graph, Diagnostics diagnostics) {
    Lowering lowering = new Lowering(diagnostics);
    graph.nodes().stream().filter(n -> !n.isConstant()).forEach(lowering::lowerNode);
    graph.outputs().stream().filter(Node::isConstant).forEach(n -> diagnostics.report(
        DiagnosticId.NOT_LOWERED, n.location(), "output '" + n.name() + "' is a constant"));
    diagnostics.throwIfErrors();
    return new Program(graph.name(), lowering.values, lowering.kernels,
        graph.inputs().stream().map(lowering.lowered::get).toList(),
        graph.outputs().stream().map(lowering.lowered::get).toList());
  }

  private void lowerNode(Node next) {
    node = next;
    try {
      lowered.put(next, next.op().accept(this));
    } catch (NotLoweredException e) {
      diagnostics.report(DiagnosticId.NOT_LOWERED, next.location(), e.getMessage());
      lowered.put(next, result());
    } catch (ScalarOverflowException | IllegalArgumentException e) {
      diagnostics.report(DiagnosticId.NOT_LOWERED, next.location(), header(List.of(), null).label() + ": " + e.getMessage());
      lowered.put(next, result());
    }
  }

  /** The node being lowered. */
  Node node() {
    return node;
  }

  /** The value of an operand, which must not be a constant. */
  Value valueOf(int operand) {
    Value value = lowered.get(node.operand(operand));
    if (value == null) {
      throw new NotLoweredException("operand '" + node.operand(operand).name() + "' is a constant");
    }
    return value;
  }

  /** A fresh value of the node's type and natural four-dimensional shape. */
  Value result() {
    return result(node.type().shape().toNhwc());
  }

  /** A fresh value of the node's type under another shape of as many elements. */
  Value result(Shape shape) {
    return keep(new Value(values.size(), node.name(), shape, node.type(), node.origins()));
  }

  /** A fresh value that is not the node's result. */
  Value intermediate(Shape shape, TensorType like) {
    return keep(new Value(values.size(), node.name(), shape, like.withShape(shape), List.of()));
  }

  /** The elements of a value under another shape. */
  Value reshaped(Value of, Shape shape) {
    return of.shape().equals(shape) ? of
        : keep(Value.alias(values.size(), of, of.name(), shape, of.type(), List.of()));
  }

  private Value keep(Value value) {
    values.add(value);
    return value;
  }

  /** The header of a kernel of the current node. */
  Kernel.Header header(List<Value> inputs, Value output) {
    return new Kernel.Header(io.bitwright.ir.op.OpKind.of(node.op()).mnemonic(), node.location(), inputs, output);
  }

  /** Appends a kernel and returns its output. */
  Value emit(Kernel kernel) {
    kernels.add(kernel);
    return kernel.output();
  }

  void warn(DiagnosticId id, Object... arguments) {
    diagnostics.addAll(List.of(Diagnostic.of(id, node.location(), arguments)));
  }

  @Override
  public Value visit(Op.Input op) {
    return result();
  }

  @Override
  public Value visit(Op.Constant op) {
    throw new NotLoweredException("a constant is no value");
  }

  @Override
  public Value visit(Op.Conv2d op) {
    return new DotLowering(this).convolution(op);
  }

  @Override
  public Value visit(Op.DepthwiseConv2d op) {
    return new DotLowering(this).depthwise(op);
  }

  @Override
  public Value visit(Op.FullyConnected op) {
    return new DotLowering(this).fullyConnected(op);
  }

  @Override
  public Value visit(Op.AveragePool2d op) {
    return new ReduceLowering(this).average(op);
  }

  @Override
  public Value visit(Op.MaxPool2d op) {
    return new ReduceLowering(this).maximum(op);
  }

  @Override
  public Value visit(Op.Mean op) {
    return new ReduceLowering(this).mean(op);
  }

  @Override
  public Value visit(Op.Add op) {
    return new MapLowering(this).binary();
  }

  @Override
  public Value visit(Op.Mul op) {
    return new MapLowering(this).binary();
  }

  @Override
  public Value visit(Op.Concat op) {
    return new MoveLowering(this).concat(op);
  }

  @Override
  public Value visit(Op.Pad op) {
    return new MoveLowering(this).pad(op);
  }

  @Override
  public Value visit(Op.Slice op) {
    return new MoveLowering(this).slice(op);
  }

  @Override
  public Value visit(Op.ChannelShuffle op) {
    return new MoveLowering(this).shuffle(op);
  }

  @Override
  public Value visit(Op.Elementwise op) {
    return new MapLowering(this).binary();
  }

  @Override
  public Value visit(Op.Transpose op) {
    return new MoveLowering(this).transpose(op);
  }

  @Override
  public Value visit(Op.Gather op) {
    return new MoveLowering(this).gather(op);
  }

  @Override
  public Value visit(Op.ResizeBilinear op) {
    return new ResizeLowering(this).bilinear(op);
  }

  @Override
  public Value visit(Op.BatchNorm op) {
    return new NormalizationLowering(this).batch(op);
  }

  @Override
  public Value visit(Op.LocalResponseNorm op) {
    return new NormalizationLowering(this).localResponse(op);
  }

  @Override
  public Value visit(Op.Reshape op) {
    return keep(Value.alias(values.size(), valueOf(0), node.name(), node.type().shape().toNhwc(), node.type(),
        node.origins()));
  }

  @Override
  public Value visit(Op.Softmax op) {
    return new MapLowering(this).softmax(op);
  }

  @Override
  public Value visit(Op.LogSoftmax op) {
    return new MapLowering(this).logSoftmax();
  }

  @Override
  public Value visit(Op.ArgMax op) {
    return new ArgMaxLowering(this).argMax(op);
  }

  @Override
  public Value visit(Op.Logistic op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.HardSwish op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.Relu op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.Clip op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.HardSigmoid op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.Swish op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.Tanh op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.Unary op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.Quantize op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.Dequantize op) {
    return new MapLowering(this).unary();
  }

  @Override
  public Value visit(Op.Table op) {
    byte[] stored = UnaryMeaning.tabulate(
        UnaryMeaning.of(node).orElseThrow(() -> new NotLoweredException("the table is no 8-bit constant")));
    return emit(new Kernel.Table(header(List.of(valueOf(0)), result()), TensorData.ofBytes(stored)));
  }

  /** Where padding of a value reads: the stored code of real zero. */
  static OptionalInt zeroCode(Value value) {
    return OptionalInt.of(value.type().isFloat() ? 0 : value.type().stored().zeroPoint());
  }
}
