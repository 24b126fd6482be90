package io.bitwright.frontend.onnx.qdq;

import io.bitwright.frontend.onnx.tensor.Codes;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Rewrites a graph so that an operator between dequantisations and a quantisation computes with the codes. What only
 * moves elements does so before the dequantisation; what has no integer kernel stays between the two.
 */
public final class IntegerNetwork {
  /** The scale that the integer softmax has. */
  private static final float PROBABILITY = 1f / 256;

  private final Map<Node, Codes> codes;
  private final Rounding rounding;
  private final boolean unsigned;
  private final Map<Node, Node> rewritten = new IdentityHashMap<>();

  private IntegerNetwork(Map<Node, Codes> codes, Rounding rounding, boolean unsigned) {
    this.codes = codes;
    this.rounding = rounding;
    this.unsigned = unsigned;
  }

  /**
   * The rewritten graph.
   *
   * @param codes  of the graph's constants that were dequantised
   */
  public static Graph of(Graph graph, Map<Node, Codes> codes, Rounding rounding) {
    IntegerNetwork network = new IntegerNetwork(codes, rounding, isUnsigned(graph, codes));
    for (Node node : graph.nodes()) {
      network.rewritten.put(node, network.rewrite(network.onRewritten(node)));
    }
    return new Graph(graph.name(), graph.inputs(), graph.outputs().stream().map(network::output).toList(),
        graph.sourceViews());
  }

  /** Whether all codes are unsigned; where some are signed, all become so, because an operator takes one kind. */
  private static boolean isUnsigned(Graph graph, Map<Node, Codes> codes) {
    return graph.nodes().stream().allMatch(n -> n.type().element() != ElementType.I8)
        && codes.values().stream().allMatch(c -> c.data().element() != ElementType.I8);
  }

  /** A node on what its operands became; moved codes are of the kind of the operand's. */
  private Node onRewritten(Node node) {
    List<Node> operands = node.operands().stream().map(rewritten::get).toList();
    boolean codes = !operands.isEmpty() && node.type().element() == ElementType.U8
        && !(node.op() instanceof Op.Quantize);
    return codes ? node.replacedBy(centred(node), operands, kind(node.type())) : node.withOperands(operands);
  }

  /** A padding's code changes with the kind. */
  private Op centred(Node node) {
    boolean changes = !kind(node.type()).equals(node.type());
    return changes && node.op() instanceof Op.Pad pad && pad.value().isPresent()
        ? new Op.Pad(pad.before(), pad.after(), OptionalDouble.of(pad.value().getAsDouble() - 128)) : node.op();
  }

  private TensorType kind(TensorType type) {
    return unsigned || type.element() != ElementType.U8 ? type
        : TensorType.quantized(type.shape(), ElementType.I8, type.scale(), type.zeroPoint() - 128);
  }

  /** An output keeps the kind of codes that the file gives it. */
  private Node output(Node node) {
    Node made = rewritten.get(node);
    return made.type().equals(node.type()) ? made : made.replacedBy(new Op.Quantize(rounding), List.of(made),
        node.type());
  }

  private Node rewrite(Node node) {
    if (node.op() instanceof Op.Quantize) {
      return quantized(node);
    } else if (node.op() instanceof Op.Input && !kind(node.type()).equals(node.type())) {
      return new Node(new Op.Quantize(rounding), List.of(node), kind(node.type()), node.name(), node.location(),
          List.of());
    }
    boolean moves = node.op() instanceof Op.Reshape || node.op() instanceof Op.Transpose
        || node.op() instanceof Op.Slice
        || node.op() instanceof Op.Gather || node.op() instanceof Op.ChannelShuffle || node.op() instanceof Op.MaxPool2d
        || node.op() instanceof Op.Pad pad && pad.value().isEmpty();
    if (moves && isDequantized(node.operand(0))) {
      Node source = node.operand(0).operand(0);
      Node moved = node.replacedBy(node.op(), List.of(source), source.type().withShape(node.type().shape()))
          .withOrigins(List.of());
      return node.replacedBy(new Op.Dequantize(), List.of(moved), node.type());
    }
    return node;
  }

  private static boolean isDequantized(Node node) {
    return node.op() instanceof Op.Dequantize;
  }

  private Node quantized(Node node) {
    Node x = node.operand(0);
    TensorType type = kind(node.type());
    if (isDequantized(x)) {
      Node source = x.operand(0);
      return source.type().equals(type) ? node.replacedBy(new Op.Reshape(), List.of(source), type)
          : node.replacedBy(new Op.Quantize(rounding), List.of(source), type);
    }
    Node quantize = node.replacedBy(new Op.Quantize(rounding), List.of(x), type);
    Optional<Clamp> limits = limits(x);
    if (limits.isPresent() && !isDequantized(x.operand(0))) {
      return integer(quantize, x.operand(0), limits.get().inTermsOf(type)).orElse(quantize);
    }
    return integer(quantize, x, Clamp.NONE).orElse(quantize);
  }

  private static Optional<Clamp> limits(Node x) {
    return x.op() instanceof Op.Relu relu ? Optional.of(relu.activation().clampFor(TensorType.f32(x.type().shape())))
        : x.op() instanceof Op.Clip clip ? Optional.of(clip.limits()) : Optional.empty();
  }

  /** The operator {@code x} with limits, computed with codes, in the place of the quantisation of its result. */
  private Optional<Node> integer(Node quantize, Node x, Clamp clamp) {
    TensorType type = quantize.type();
    List<Node> sources = x.operands().stream().filter(IntegerNetwork::isDequantized).map(o -> o.operand(0)).toList();
    if (sources.isEmpty()) {
      return Optional.empty();
    }
    TensorType in = sources.get(0).type();
    List<Node> both = x.operands().stream().flatMap(o -> codes(o).stream()).toList();
    boolean all = both.size() == x.operands().size();
    Op op = x.op();
    if (op instanceof Op.Conv2d conv) {
      return weighted(quantize, x, new Op.Conv2d(conv.window(), conv.groups(), clamp, rounding), 0);
    } else if (op instanceof Op.DepthwiseConv2d conv) {
      return weighted(quantize, x, new Op.DepthwiseConv2d(conv.window(), conv.multiplier(), clamp, rounding), 3);
    } else if (op instanceof Op.FullyConnected) {
      return weighted(quantize, x, new Op.FullyConnected(clamp, rounding), 0);
    } else if (op instanceof Op.Add && all) {
      return Optional.of(quantize.replacedBy(new Op.Add(clamp, rounding), both, type));
    } else if (op instanceof Op.Mul && all) {
      return Optional.of(quantize.replacedBy(new Op.Mul(clamp, rounding), both, type));
    } else if (op instanceof Op.Elementwise function && all && hasInteger(function.function(), x, both, type)) {
      return Optional.of(
          quantize.replacedBy(new Op.Elementwise(function.function(), clamp, rounding), both, type));
    } else if (op instanceof Op.Concat concat && sources.size() == x.operands().size() && clamp.isNone()) {
      return Optional.of(quantize.replacedBy(concat, sources.stream().map(s -> as(s, type)).toList(), type));
    } else if (op instanceof Op.AveragePool2d pool) {
      return Optional.of(average(quantize, sources.get(0), pool, clamp));
    }
    return clamp.isNone() ? unary(quantize, op, sources.get(0), in) : Optional.empty();
  }

  /** Whether a function of two tensors has an integer form; with one number it is a function of one code, a table. */
  private static boolean hasInteger(BinaryFunction function, Node x, List<Node> codes, TensorType type) {
    boolean numbers = x.operands().stream().anyMatch(o -> o.isConstant() && o.type().shape().elements() == 1);
    return !numbers && switch (function) {
      case SUB, PRELU -> true;
      case MIN, MAX -> codes.stream().allMatch(c -> c.type().quantization().equals(type.quantization()));
      case DIV, SHIFTED_ADD, SHIFTED_SUB -> false;
    };
  }

  /** What an operand was dequantised from: a tensor, or a constant with one scale. */
  private Optional<Node> codes(Node operand) {
    if (isDequantized(operand)) {
      return Optional.of(operand.operand(0));
    }
    Codes known = codes.get(operand);
    Codes own = known == null || unsigned ? known : known.signed();
    boolean fits = own != null && own.data().element().is8Bit() && own.scales().size() == 1;
    return fits ? Optional.of(constant(operand, own.data(), TensorType.quantized(operand.type().shape(),
        own.data().element(), own.scales().get(0), own.zeroPoint()))) : Optional.empty();
  }

  /** Codes of one quantisation as those of another. */
  private Node as(Node source, TensorType like) {
    TensorType type = new TensorType(source.type().shape(), like.element(), like.quantization());
    return source.type().equals(type) ? source
        : source.replacedBy(new Op.Quantize(rounding), List.of(source), type).withOrigins(List.of());
  }

  private Optional<Node> unary(Node quantize, Op op, Node source, TensorType in) {
    TensorType type = quantize.type();
    boolean probability = type.scale() == PROBABILITY && type.zeroPoint() == type.element().min();
    if (op instanceof Op.Softmax && !probability && type.scale() >= PROBABILITY / 2) {
      TensorType own = TensorType.quantized(type.shape(), type.element(), PROBABILITY, (int) type.element().min());
      Node softmax = quantize.replacedBy(op, List.of(source), own).withOrigins(List.of());
      return Optional.of(quantize.replacedBy(new Op.Quantize(rounding), List.of(softmax), type));
    }
    Op integer = op instanceof Op.Mean mean ? new Op.Mean(mean.axes(), mean.keepDims(), rounding)
        : op instanceof Op.Relu relu ? new Op.Relu(relu.activation(), rounding)
        : op instanceof Op.Clip clip ? new Op.Clip(clip.limits(), rounding)
        : op instanceof Op.Softmax && probability || rounding == Rounding.TFLITE && isTfliteFunction(op, probability)
            ? op
        : null;
    return Optional.ofNullable(integer).map(o -> quantize.replacedBy(o, List.of(source), type));
  }

  /** Functions of one code whose integer form is TFLite's own; with other roundings they become tables of reals. */
  private static boolean isTfliteFunction(Op op, boolean probability) {
    return op instanceof Op.HardSwish || op instanceof Op.HardSigmoid || op instanceof Op.Swish || op instanceof Op.Tanh
        || op instanceof Op.Logistic && probability;
  }

  /**
   * TFLite's pool keeps the scale; else an average of a whole map is a mean, one over equally many taps a sum of
   * products with one rounding, and another is requantised after it.
   */
  private Node average(Node quantize, Node source, Op.AveragePool2d pool, Clamp clamp) {
    TensorType type = quantize.type();
    TensorType same = source.type().withShape(type.shape());
    if (same.equals(type) && rounding == Rounding.TFLITE) {
      return quantize.replacedBy(new Op.AveragePool2d(pool.window(), pool.divisor(), clamp), List.of(source), type);
    }
    boolean whole = pool.window().padding().isNone() && pool.window().kernelH() == source.type().shape().dim(1)
        && pool.window().kernelW() == source.type().shape().dim(2);
    if (whole && clamp.isNone()) {
      return quantize.replacedBy(new Op.Mean(List.of(1, 2), true, rounding), List.of(source), type);
    }
    boolean even = pool.window().padding().isNone() || pool.divisor() == Op.Divisor.WINDOW;
    if (even && rounding != Rounding.TFLITE) {
      return weighedEqually(quantize, source, pool, clamp);
    }
    Op plain = new Op.AveragePool2d(pool.window(), pool.divisor(), Clamp.NONE);
    if (same.equals(type)) {
      return quantize.replacedBy(new Op.AveragePool2d(pool.window(), pool.divisor(), clamp), List.of(source), type);
    }
    Node pooled = quantize.replacedBy(plain, List.of(source), same).withOrigins(List.of());
    Op requantized = clamp.isNone() ? new Op.Quantize(rounding) : new Op.Clip(inReals(clamp, type), rounding);
    return quantize.replacedBy(requantized, List.of(pooled), type);
  }

  private Node weighedEqually(Node quantize, Node source, Op.AveragePool2d pool, Clamp clamp) {
    int channels = source.type().shape().dim(3);
    int taps = pool.window().kernelH() * pool.window().kernelW();
    byte[] ones = new byte[Math.multiplyExact(taps, channels)];
    Arrays.fill(ones, (byte) 1);
    ElementType element = source.type().element();
    Shape shape = Shape.of(1, pool.window().kernelH(), pool.window().kernelW(), channels);
    String name = quantize.name() + "/weights";
    Node weights = new Node(new Op.Constant(name, TensorData.ofRaw(element, ones)), List.of(),
        TensorType.quantized(shape, element, 1f / taps, 0), name, quantize.location(), List.of());
    return quantize.replacedBy(new Op.DepthwiseConv2d(pool.window(), 1, clamp, rounding), List.of(source, weights),
        quantize.type());
  }

  private static Clamp inReals(Clamp codes, TensorType type) {
    return new Clamp((codes.lo() - type.zeroPoint()) * type.scale(), (codes.hi() - type.zeroPoint()) * type.scale());
  }

  /** An operator with constant weights along an axis, and a bias; empty where the weights were never quantised. */
  private Optional<Node> weighted(Node quantize, Node x, Op op, int axis) {
    Codes known = codes.get(x.operand(1));
    Codes weights = known == null || unsigned ? known : known.signed();
    boolean fits = isDequantized(x.operand(0)) && weights != null && weights.data().element().is8Bit()
        && (weights.scales().size() == 1 || weights.axis() == axis && weights.zeroPoint() == 0 && !unsigned);
    if (!fits) {
      return Optional.empty();
    }
    Node source = x.operand(0).operand(0);
    Quantization quantization = weights.scales().size() == 1
        ? new Quantization.PerTensor(weights.scales().get(0), weights.zeroPoint())
        : new Quantization.PerAxis(axis, weights.scales());
    TensorType type = new TensorType(x.operand(1).type().shape(), weights.data().element(), quantization);
    List<Node> operands = new ArrayList<>(List.of(source, constant(x.operand(1), weights.data(), type)));
    if (x.operands().size() > 2) {
      Optional<Node> bias = new BiasCodes(source.type().scale(), weights).of(x.operand(2), codes.get(x.operand(2)));
      if (bias.isEmpty()) {
        return Optional.empty();
      }
      operands.add(bias.get());
    }
    return Optional.of(quantize.replacedBy(op, operands, quantize.type()));
  }

  private static Node constant(Node like, TensorData data, TensorType type) {
    return new Node(new Op.Constant(like.name(), data), List.of(), type, like.name(), like.location(), List.of());
  }
}
