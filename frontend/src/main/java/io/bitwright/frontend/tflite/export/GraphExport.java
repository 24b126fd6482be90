package io.bitwright.frontend.tflite.export;

import io.bitwright.frontend.tflite.schema.OptionTypes;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the nodes of a graph, operands first. A node that is refused does not hide what is wrong with the rest. */
final class GraphExport implements Op.Visitor<Void> {
  private static final String NO_OPERATOR = "there is no such operator";

  private final Graph graph;
  private final Diagnostics diagnostics;
  private final FileContents file = new FileContents();
  private final Map<Node, Integer> tensors = new IdentityHashMap<>();
  private ExportSite site;

  private GraphExport(Graph graph, Diagnostics diagnostics) {
    this.graph = graph;
    this.diagnostics = diagnostics;
  }

  /**
   * What a file of the graph holds.
   *
   * @param inputs  tensors of the graph's inputs
   * @param outputs  tensors of its outputs
   */
  record Result(FileContents file, List<Integer> inputs, List<Integer> outputs) {}

  /** Writes all nodes; what cannot be written is reported, and the result is of no use then. */
  static Result of(Graph graph, Diagnostics diagnostics) {
    return new GraphExport(graph, diagnostics).run();
  }

  private Result run() {
    List<Node> computed = graph.nodes().stream().filter(n -> !n.isConstant()).toList();
    // First, so that they keep their names whatever is put between them.
    computed.forEach(n -> tensors.put(n, file.tensor(n.name(), n.type(), Optional.empty())));
    for (Node node : computed) {
      site = new ExportSite(node, file, tensors, diagnostics);
      ElementType element = node.type().element();
      if (element == ElementType.I64) {
        site.refuse("it gives " + element.text() + " (must be f32, i8, u8, i16 or i32)");
      } else {
        node.op().accept(this);
      }
    }
    for (Node output : graph.outputs()) {
      if (output.isConstant()) {
        new ExportSite(output, file, tensors, diagnostics).refuse("it is an output that depends on no input");
      }
    }
    return new Result(file, graph.inputs().stream().map(tensors::get).toList(),
        graph.outputs().stream().map(tensors::get).toList());
  }

  private Void written(Runnable writing) {
    writing.run();
    return null;
  }

  private Void refused(String why) {
    site.refuse(why);
    return null;
  }

  private Void unary(String name, int options) {
    site.unary(name, options == OptionTypes.NONE ? Options.NONE : Options.of(options));
    return null;
  }

  @Override
  public Void visit(Op.Input op) {
    return null;
  }

  @Override
  public Void visit(Op.Constant op) {
    return null;
  }

  @Override
  public Void visit(Op.Conv2d op) {
    return written(() -> new WeightedExport(site).conv2d(op));
  }

  @Override
  public Void visit(Op.DepthwiseConv2d op) {
    return written(() -> new WeightedExport(site).depthwiseConv2d(op));
  }

  @Override
  public Void visit(Op.FullyConnected op) {
    return written(() -> new WeightedExport(site).fullyConnected(op));
  }

  @Override
  public Void visit(Op.AveragePool2d op) {
    return written(() -> new PoolingExport(site).average(op));
  }

  @Override
  public Void visit(Op.MaxPool2d op) {
    return written(() -> new PoolingExport(site).maximum(op));
  }

  @Override
  public Void visit(Op.Mean op) {
    return written(() -> new PoolingExport(site).mean(op));
  }

  @Override
  public Void visit(Op.Add op) {
    return written(() -> new ArithmeticExport(site).add(op));
  }

  @Override
  public Void visit(Op.Mul op) {
    return written(() -> new ArithmeticExport(site).mul(op));
  }

  @Override
  public Void visit(Op.Concat op) {
    return written(() -> new MovementExport(site).concat(op));
  }

  @Override
  public Void visit(Op.Pad op) {
    return written(() -> new MovementExport(site).pad(op));
  }

  @Override
  public Void visit(Op.Slice op) {
    return written(() -> new MovementExport(site).slice(op));
  }

  @Override
  public Void visit(Op.ChannelShuffle op) {
    return written(() -> new MovementExport(site).channelShuffle(op));
  }

  @Override
  public Void visit(Op.Elementwise op) {
    return written(() -> new ArithmeticExport(site).elementwise(op));
  }

  @Override
  public Void visit(Op.Unary op) {
    return written(() -> new ActivationExport(site).unary(op));
  }

  @Override
  public Void visit(Op.Transpose op) {
    return written(() -> new MovementExport(site).transpose(op));
  }

  @Override
  public Void visit(Op.Gather op) {
    return written(() -> new MovementExport(site).gather(op));
  }

  @Override
  public Void visit(Op.ResizeBilinear op) {
    return written(() -> new MovementExport(site).resize(op));
  }

  @Override
  public Void visit(Op.BatchNorm op) {
    return written(() -> new ArithmeticExport(site).batchNorm(op));
  }

  @Override
  public Void visit(Op.LocalResponseNorm op) {
    return written(() -> new ActivationExport(site).localResponseNorm(op));
  }

  @Override
  public Void visit(Op.Reshape op) {
    return written(() -> new MovementExport(site).reshape());
  }

  @Override
  public Void visit(Op.Softmax op) {
    return written(() -> new ActivationExport(site).softmax(op));
  }

  @Override
  public Void visit(Op.LogSoftmax op) {
    return unary("LOG_SOFTMAX", OptionTypes.LOG_SOFTMAX);
  }

  @Override
  public Void visit(Op.ArgMax op) {
    return written(() -> new ActivationExport(site).argMax(op));
  }

  @Override
  public Void visit(Op.Logistic op) {
    return unary("LOGISTIC", OptionTypes.NONE);
  }

  @Override
  public Void visit(Op.HardSwish op) {
    return unary("HARD_SWISH", OptionTypes.HARD_SWISH);
  }

  @Override
  public Void visit(Op.Relu op) {
    return written(() -> new ActivationExport(site).relu(op));
  }

  @Override
  public Void visit(Op.Clip op) {
    return written(() -> new ActivationExport(site).clip(op));
  }

  @Override
  public Void visit(Op.HardSigmoid op) {
    return refused(NO_OPERATOR);
  }

  @Override
  public Void visit(Op.Swish op) {
    return refused(NO_OPERATOR);
  }

  @Override
  public Void visit(Op.Tanh op) {
    return unary("TANH", OptionTypes.NONE);
  }

  @Override
  public Void visit(Op.Quantize op) {
    return written(() -> new ActivationExport(site).quantize(op));
  }

  @Override
  public Void visit(Op.Dequantize op) {
    return written(() -> new ActivationExport(site).dequantize());
  }

  @Override
  public Void visit(Op.Table op) {
    return refused(NO_OPERATOR);
  }
}
