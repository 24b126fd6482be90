package io.bitwright.frontend.quantise;

import io.bitwright.frontend.quantise.evaluate.Quantized;
import io.bitwright.frontend.quantise.range.Range;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerTensor;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Rebuilds an f32 graph in codes: the same operators, with requantisations where a concatenation's part needs one. What
 * has no form in codes of the width computes with reals.
 */
final class IntegerForm implements Op.Visitor<Node> {
  private static final Rounding ROUNDING = Rounding.TFLITE;

  private final ActivationTypes types;
  private final WeightScales scales;
  private final Map<Node, Node> images = new IdentityHashMap<>();
  private Node node;

  private IntegerForm(ActivationTypes types, WeightScales scales) {
    this.types = types;
    this.scales = scales;
  }

  /** The graph with its inputs and outputs in codes too. */
  static Quantized of(Graph graph, ActivationTypes types, WeightScales scales) {
    IntegerForm form = new IntegerForm(types, scales);
    for (Node next : graph.nodes()) {
      form.node = next;
      form.images.put(next, next.op().accept(form));
    }
    Graph codes = graph.mapped(form.images::get);
    return new Quantized(graph, codes, form.images);
  }

  private TensorType type() {
    return types.of(node);
  }

  private Node with(Op op, List<Node> operands) {
    return node.replacedBy(op, operands, type());
  }

  /** An operand in its own quantisation. */
  private Node own(int operand) {
    Node x = node.operand(operand);
    return x.isConstant() ? constant(x, Codes.quantization(x, types.width())) : images.get(x);
  }

  private Node constant(Node x, PerTensor quantization) {
    return Codes.of(x, types.width().element(), quantization);
  }

  /** Slopes beside 16 bits are as TFLite has them: one is a code of 1 (LEAKY_RELU), several are int8 (PRELU). */
  private Node slope(Node x) {
    if (types.width() == ActivationWidth.INT8 || !x.isConstant()) {
      return own(1);
    }
    float largest = Range.of(x.constant().toRaw()).magnitude();
    boolean one = x.constant().elements() == 1 && largest > 0;
    PerTensor int8 = new PerTensor(Math.max(ActivationWidth.LEAST_SCALE, largest / 127), 0);
    return one ? constant(x, new PerTensor(largest, 0)) : Codes.of(x, ElementType.I8, int8);
  }

  private Node unary(Op op) {
    return with(op, List.of(own(0)));
  }

  private Node binary(Op op) {
    return with(op, List.of(own(0), own(1)));
  }

  /** An operand in the quantisation of the result. */
  private Node alike(Node x) {
    PerTensor wanted = (PerTensor) type().quantization();
    if (x.isConstant()) {
      return constant(x, wanted);
    }
    Node image = images.get(x);
    if (image.type().quantization().equals(wanted)) {
      return image;
    }
    TensorType type = new TensorType(x.type().shape(), types.width().element(), wanted);
    String name = x.name() + "/requantised";
    return new Node(new Op.Quantize(ROUNDING), List.of(image), type, name, node.location(), List.of());
  }

  private Node moved(Op op) {
    return with(op, List.of(alike(node.operand(0))));
  }

  private Node weighted(Op op) {
    Node x = own(0);
    List<Node> operands = new ArrayList<>(List.of(x));
    operands.addAll(new WeightCodes(node, x.type(), scales).constants());
    return with(op, operands);
  }

  /** An operator without an integer form: it computes with reals, between a dequantisation and a quantisation. */
  private Node ofReals(Op op) {
    List<Node> operands = node.operands().stream().map(this::real).toList();
    Node real = new Node(op, operands, node.type(), node.name() + "/real", node.location(), List.of());
    return with(new Op.Quantize(ROUNDING), List.of(real));
  }

  private Node real(Node x) {
    return x.isConstant() ? x : new Node(new Op.Dequantize(), List.of(images.get(x)), x.type(),
        x.name() + "/dequantised", node.location(), List.of());
  }

  /** An operator that has a form in 8 bits only. */
  private Node narrow(Op op, Supplier<Node> codes) {
    return types.width() == ActivationWidth.INT8 ? codes.get() : ofReals(op);
  }

  private Clamp clamp(Clamp reals) {
    return reals.isNone() ? reals : reals.inTermsOf(type());
  }

  @Override
  public Node visit(Op.Input op) {
    return with(op, List.of());
  }

  @Override
  public Node visit(Op.Constant op) {
    return node; // its users quantise it, each as it needs it
  }

  @Override
  public Node visit(Op.Conv2d op) {
    return weighted(new Op.Conv2d(op.window(), op.groups(), clamp(op.clamp()), ROUNDING));
  }

  @Override
  public Node visit(Op.DepthwiseConv2d op) {
    return weighted(new Op.DepthwiseConv2d(op.window(), op.multiplier(), clamp(op.clamp()), ROUNDING));
  }

  @Override
  public Node visit(Op.FullyConnected op) {
    return weighted(new Op.FullyConnected(clamp(op.clamp()), ROUNDING));
  }

  @Override
  public Node visit(Op.AveragePool2d op) {
    return moved(new Op.AveragePool2d(op.window(), op.divisor(), clamp(op.clamp())));
  }

  @Override
  public Node visit(Op.MaxPool2d op) {
    return moved(new Op.MaxPool2d(op.window(), clamp(op.clamp())));
  }

  @Override
  public Node visit(Op.Mean op) {
    return unary(new Op.Mean(op.axes(), op.keepDims(), ROUNDING));
  }

  @Override
  public Node visit(Op.Add op) {
    return binary(new Op.Add(clamp(op.clamp()), ROUNDING));
  }

  @Override
  public Node visit(Op.Mul op) {
    return binary(new Op.Mul(clamp(op.clamp()), ROUNDING));
  }

  @Override
  public Node visit(Op.Concat op) {
    return with(op, node.operands().stream().map(this::alike).toList());
  }

  @Override
  public Node visit(Op.Pad op) {
    OptionalDouble code = op.value().isEmpty() ? op.value()
        : OptionalDouble.of(new Clamp(op.value().getAsDouble(), op.value().getAsDouble()).inTermsOf(type()).lo());
    return moved(new Op.Pad(op.before(), op.after(), code));
  }

  @Override
  public Node visit(Op.Slice op) {
    return moved(op);
  }

  @Override
  public Node visit(Op.ChannelShuffle op) {
    return moved(op);
  }

  @Override
  public Node visit(Op.Elementwise op) {
    Op ofCodes = new Op.Elementwise(op.function(), clamp(op.clamp()), ROUNDING);
    return switch (op.function()) {
      case SUB -> binary(ofCodes);
      case PRELU -> with(ofCodes, List.of(own(0), slope(node.operand(1))));
      case MIN, MAX -> with(ofCodes, node.operands().stream().map(this::alike).toList());
      case DIV -> ofReals(op); // by a code that may stand for zero
      case SHIFTED_ADD, SHIFTED_SUB -> throw new IllegalStateException("'" + node.name() + "' is of codes already");
    };
  }

  @Override
  public Node visit(Op.Transpose op) {
    return moved(op);
  }

  @Override
  public Node visit(Op.Gather op) {
    return moved(op);
  }

  @Override
  public Node visit(Op.ResizeBilinear op) {
    return moved(op);
  }

  @Override
  public Node visit(Op.BatchNorm op) {
    throw new IllegalStateException("'" + node.name() + "' is no convolution yet");
  }

  @Override
  public Node visit(Op.LocalResponseNorm op) {
    return narrow(op, () -> unary(op));
  }

  @Override
  public Node visit(Op.Reshape op) {
    return moved(op);
  }

  @Override
  public Node visit(Op.Softmax op) {
    return unary(op);
  }

  @Override
  public Node visit(Op.LogSoftmax op) {
    return narrow(op, () -> unary(op));
  }

  @Override
  public Node visit(Op.ArgMax op) {
    Node x = types.width() == ActivationWidth.INT8 ? own(0) : real(node.operand(0));
    return node.replacedBy(op, List.of(x), node.type());
  }

  @Override
  public Node visit(Op.Logistic op) {
    return unary(op);
  }

  @Override
  public Node visit(Op.HardSwish op) {
    return narrow(op, () -> unary(op));
  }

  @Override
  public Node visit(Op.Relu op) {
    return unary(new Op.Relu(op.activation(), ROUNDING));
  }

  @Override
  public Node visit(Op.Clip op) {
    return unary(new Op.Clip(op.limits(), ROUNDING));
  }

  @Override
  public Node visit(Op.HardSigmoid op) {
    return narrow(op, () -> unary(op));
  }

  @Override
  public Node visit(Op.Swish op) {
    return narrow(op, () -> unary(op));
  }

  @Override
  public Node visit(Op.Tanh op) {
    return unary(op);
  }

  @Override
  public Node visit(Op.Unary op) {
    return op.function() == UnaryFunction.ABS ? unary(new Op.Unary(op.function(), ROUNDING)) : ofReals(op);
  }

  @Override
  public Node visit(Op.Quantize op) {
    throw new IllegalStateException("'" + node.name() + "' is not f32");
  }

  @Override
  public Node visit(Op.Dequantize op) {
    throw new IllegalStateException("'" + node.name() + "' is not f32");
  }

  @Override
  public Node visit(Op.Table op) {
    throw new IllegalStateException("'" + node.name() + "' is not f32");
  }
}
