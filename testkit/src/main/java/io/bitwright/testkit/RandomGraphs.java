package io.bitwright.testkit;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.UnaryFunction;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Small valid graphs over all operators, a different one for each seed and always the same for the same: int8, uint8 and
 * f32, with realistic scales and with tie-rich ones. Operators follow each other often, so that rules find their
 * patterns. Some names are hostile.
 */
public final class RandomGraphs {
  private static final String[] NAMES = {"conv/Relu6;x", "a\"b", "c:\\new\\u0041", "line\nbreak", "*/ #include", "\u00e9\ud83d", "%1 @x", ""};

  private final Random random;
  private final RandomTensors tensors;
  private final RandomWindows windows;
  private final RandomMoves moves;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Function<Node, Optional<Node>>> growers;

  private RandomGraphs(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    this.tensors = new RandomTensors(random, random.nextInt(3) == 0);
    this.windows = new RandomWindows(random);
    this.moves = new RandomMoves(random);
    this.growers = List.of(this::conv, this::depthwise, this::fullyConnected, this::averagePool, this::maxPool,
        this::mean, this::add, this::mul, this::concat, this::concat, this::reshape, this::reshape,
        x -> node(x, moves.pad(x)), x -> node(x, moves.pad(x)), x -> node(x, moves.slice(x)),
        x -> node(x, moves.transpose(x)), x -> node(x, random.nextBoolean() ? moves.gather(x) : moves.resize(x)),
        this::softmax, this::logistic, this::hardSwish, this::relu, this::relu, this::relu, this::quantize,
        this::dequantize, this::table, this::clip, this::function, this::function,
        this::shuffle, this::elementwise, this::batchNorm, this::localResponseNorm, this::normalisedConv,
        this::writtenOutGate, this::siblings);
  }

  /** The graph of a seed. */
  public static Graph graph(long seed) {
    return new RandomGraphs(seed).build();
  }

  /** Inputs for one inference, raw little-endian as the graph types them. */
  public static List<byte[]> inputs(Graph graph, long seed) {
    Random random = new Random(seed);
    return graph.inputs().stream().map(n -> RandomTensors.feed(n.type(), random)).toList();
  }

  private Graph build() {
    ElementType element = RandomTensors.element(random);
    List<Node> inputs = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      Shape shape = Shape.of(1 + random.nextInt(2), 3 + random.nextInt(4), 3 + random.nextInt(4), 1 + random.nextInt(4));
      inputs.add(new Node(new Op.Input(), List.of(), tensors.activation(shape, element), "input " + i,
          SourceLocation.NONE, List.of()));
    }
    nodes.addAll(inputs);
    int target = nodes.size() + 2 + random.nextInt(9);
    for (int attempts = 0; nodes.size() < target && attempts < 200; attempts++) {
      growers.get(random.nextInt(growers.size())).apply(pick()).ifPresent(nodes::add);
    }
    List<Node> outputs = new ArrayList<>(List.of(nodes.get(nodes.size() - 1)));
    Node other = nodes.get(random.nextInt(nodes.size()));
    if (random.nextInt(4) == 0 && !outputs.contains(other) && !inputs.contains(other)) {
      outputs.add(other);
    }
    Node last = nodes.get(nodes.size() - 1);
    if (last.type().shape().rank() > 0 && random.nextInt(6) == 0) {
      List<Integer> dims = last.type().shape().dims();
      TensorType type = TensorType.plain(new Shape(dims.subList(0, dims.size() - 1)), ElementType.I32);
      node(new Op.ArgMax(random.nextBoolean()), List.of(last), type).ifPresent(outputs::add);
    }
    return new Graph(random.nextBoolean() ? "net" : NAMES[random.nextInt(NAMES.length)], inputs, outputs);
  }

  /** The newest node more often than not. */
  private Node pick() {
    return nodes.get(random.nextInt(10) < 8 ? nodes.size() - 1 : random.nextInt(nodes.size()));
  }

  private Optional<Node> node(Op op, List<Node> operands, TensorType type) {
    if (operands.get(0).type().element() == ElementType.I16 && WideOperators.lack(op)) {
      return Optional.empty();
    }
    int index = nodes.size();
    String name = random.nextInt(5) == 0 ? NAMES[random.nextInt(NAMES.length)] : "tensor " + index;
    SourceLocation location =
        random.nextInt(3) == 0 ? new SourceLocation("a \"file\".tflite", random.nextInt(3), random.nextInt(3), name)
            : SourceLocation.ofNode("net.tflite", name);
    return Optional.of(new Node(op, operands, type, name, location, List.of(index)));
  }

  private Optional<Node> node(Node x, RandomMoves.Move move) {
    return node(move.op(), List.of(x), x.type().withShape(move.shape()));
  }

  private Rounding rounding() {
    return Rounding.values()[random.nextInt(Rounding.values().length)];
  }

  private Clamp clamp(TensorType type) {
    return Activation.values()[random.nextInt(Activation.values().length)].clampFor(type);
  }

  private TensorType like(Node x, Shape shape) {
    return tensors.activation(shape, x.type().element());
  }

  private Optional<Node> conv(Node x) {
    Shape in = x.type().shape();
    return windows.over(in).flatMap(w -> {
      int groups = random.nextBoolean() ? 1 : windows.divisor(in.dim(3));
      int filters = groups * (1 + random.nextInt(4));
      TensorType type = like(x, windows.output(w, in, filters));
      Shape shape = Shape.of(filters, w.kernelH(), w.kernelW(), in.dim(3) / groups);
      Node weights = tensors.weights(shape, 0, type.element());
      return node(new Op.Conv2d(w, groups, clamp(type), rounding()), tensors.weighted(x, weights, filters), type);
    });
  }

  private Optional<Node> depthwise(Node x) {
    Shape in = x.type().shape();
    return windows.over(in).flatMap(w -> {
      int multiplier = 1 + random.nextInt(2);
      int filters = in.dim(3) * multiplier;
      TensorType type = like(x, windows.output(w, in, filters));
      Op op = new Op.DepthwiseConv2d(w, multiplier, clamp(type), rounding());
      Node weights = tensors.weights(Shape.of(1, w.kernelH(), w.kernelW(), filters), 3, type.element());
      return node(op, tensors.weighted(x, weights, filters), type);
    });
  }

  private Optional<Node> fullyConnected(Node x) {
    List<Integer> dims = new ArrayList<>(x.type().shape().dims());
    if (dims.isEmpty()) {
      return Optional.empty();
    }
    int filters = 1 + random.nextInt(5);
    Node weights = tensors.weights(Shape.of(filters, dims.get(dims.size() - 1)), 0, x.type().element());
    dims.set(dims.size() - 1, filters);
    TensorType type = like(x, new Shape(dims));
    return node(new Op.FullyConnected(clamp(type), rounding()), tensors.weighted(x, weights, filters), type);
  }

  private Optional<Node> averagePool(Node x) {
    Shape in = x.type().shape();
    return windows.pooling(in).flatMap(w -> {
      TensorType type = x.type().withShape(windows.output(w, in, in.dim(3)));
      return node(new Op.AveragePool2d(w, Op.Divisor.values()[random.nextInt(2)], clamp(type)), List.of(x), type);
    });
  }

  private Optional<Node> maxPool(Node x) {
    Shape in = x.type().shape();
    return windows.pooling(in).flatMap(w -> {
      TensorType type = x.type().withShape(windows.output(w, in, in.dim(3)));
      return node(new Op.MaxPool2d(w, clamp(type)), List.of(x), type);
    });
  }

  private Optional<Node> mean(Node x) {
    Shape in = x.type().shape();
    if (in.rank() != 4) {
      return Optional.empty();
    }
    boolean keep = random.nextBoolean();
    Shape shape = keep ? Shape.of(in.dim(0), 1, 1, in.dim(3)) : Shape.of(in.dim(0), in.dim(3));
    return node(new Op.Mean(List.of(1, 2), keep, rounding()), List.of(x), like(x, shape));
  }

  private Optional<Node> add(Node x) {
    TensorType type = like(x, x.type().shape());
    return node(new Op.Add(clamp(type), rounding()), List.of(x, partner(x)), type);
  }

  private Optional<Node> mul(Node x) {
    TensorType type = like(x, x.type().shape());
    return node(new Op.Mul(clamp(type), rounding()), List.of(x, partner(x)), type);
  }

  /** A second operand: a node of the same shape and element type, or a constant that broadcasts. */
  private Node partner(Node x) {
    List<Node> same = nodes.stream()
        .filter(n -> n.type().shape().equals(x.type().shape()) && n.type().element() == x.type().element()).toList();
    if (random.nextBoolean()) {
      return same.get(random.nextInt(same.size()));
    }
    Shape shape = x.type().shape();
    Shape last = shape.rank() > 0 && random.nextBoolean() ? Shape.of(shape.dim(-1)) : shape;
    return tensors.constant(like(x, last));
  }

  private Optional<Node> concat(Node x) {
    if (x.type().shape().rank() == 0) {
      return Optional.empty();
    }
    int axis = x.op() instanceof Op.Concat c && random.nextBoolean() ? c.axis() : random.nextInt(x.type().shape().rank());
    List<Node> parts = new ArrayList<>(List.of(x));
    List<Node> same = nodes.stream().filter(n -> n.type().equals(x.type())).toList();
    random.ints(random.nextInt(3), 0, same.size()).mapToObj(same::get).forEach(parts::add);
    List<Integer> dims = new ArrayList<>(x.type().shape().dims());
    dims.set(axis, dims.get(axis) * parts.size());
    return node(new Op.Concat(axis), parts, x.type().withShape(new Shape(dims)));
  }

  private Optional<Node> shuffle(Node picked) {
    Node x = (switch (random.nextInt(4)) {
      case 0 -> fullyConnected(picked).map(this::keep);
      case 1, 2 -> concat(picked).map(this::keep);
      default -> Optional.<Node>empty();
    }).orElse(picked);
    boolean parts = x.op() instanceof Op.Concat && x.type().shape().dim(-1) % x.operands().size() == 0;
    int groups = parts ? x.operands().size() : x.type().shape().rank() == 0 ? 1 : windows.divisor(x.type().shape().dim(-1));
    Optional<Node> mixed = groups == 1 ? Optional.empty() : node(new Op.ChannelShuffle(groups), List.of(x), x.type());
    return switch (random.nextInt(4)) {
      case 0 -> mixed.map(this::keep).flatMap(this::fullyConnected);
      case 1 -> mixed.map(this::keep).filter(n -> n.type().shape().rank() == 4).flatMap(this::depthwise);
      default -> mixed;
    };
  }

  private Optional<Node> elementwise(Node x) {
    BinaryFunction function = BinaryFunction.values()[random.nextInt(BinaryFunction.SHIFTED_ADD.ordinal())];
    boolean real = x.type().isFloat();
    boolean divides = function == BinaryFunction.DIV;
    Op op = new Op.Elementwise(function, clamp(x.type()), !real && divides ? Rounding.TFLITE : rounding());
    boolean picks = !real && (function == BinaryFunction.MIN || function == BinaryFunction.MAX);
    Node other = picks ? tensors.constant(x.type())
        : real && divides ? tensors.positive(x.type()) : partner(x); // runtimes limit 0 / 0 in several ways
    return node(op, List.of(x, other), x.type());
  }

  private Optional<Node> batchNorm(Node x) {
    if (!x.type().isFloat() || x.type().shape().rank() == 0) {
      return Optional.empty();
    }
    TensorType type = TensorType.f32(Shape.of(x.type().shape().dim(-1)));
    Node variance = tensors.positive(type);
    List<Node> operands = new ArrayList<>(List.of(x, tensors.constant(type), variance, tensors.constant(type)));
    if (random.nextInt(4) > 0) {
      operands.add(tensors.constant(type));
    }
    return node(new Op.BatchNorm(0.001f, clamp(x.type())), operands, x.type());
  }

  /** A convolution without limits that a batch normalisation follows. */
  private Optional<Node> normalisedConv(Node x) {
    if (!x.type().isFloat() || x.type().shape().rank() != 4) {
      return Optional.empty();
    }
    Shape in = x.type().shape();
    Node weights = tensors.weights(Shape.of(3, 1, 1, in.dim(3)), 0, ElementType.F32);
    TensorType type = x.type().withShape(Shape.of(in.dim(0), in.dim(1), in.dim(2), 3));
    Op conv = new Op.Conv2d(Window.POINT, 1, Clamp.NONE, rounding());
    return node(conv, tensors.weighted(x, weights, 3), type).map(this::keep).flatMap(this::batchNorm);
  }

  /** Pointwise convolutions of one tensor that further ones read, and the sum of these. */
  private Optional<Node> siblings(Node x) {
    Shape in = x.type().shape();
    if (in.rank() != 4) {
      return Optional.empty();
    }
    ElementType element = x.type().element();
    TensorType type = like(x, Shape.of(in.dim(0), in.dim(1), in.dim(2), 1));
    TensorType wide = like(x, Shape.of(in.dim(0), in.dim(1), in.dim(2), 4));
    Op op = new Op.Conv2d(Window.POINT, 1, clamp(type), rounding());
    List<Node> read = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Node weights = tensors.weights(Shape.of(1, 1, 1, in.dim(3)), 0, element);
      Node sibling = keep(node(op, tensors.weighted(x, weights, 1), type).orElseThrow());
      Op.Conv2d next = new Op.Conv2d(Window.POINT, 1, clamp(wide), rounding());
      List<Node> operands = tensors.weighted(sibling, tensors.weights(Shape.of(4, 1, 1, 1), 0, element), 4);
      read.add(keep(node(next, operands, wide).orElseThrow()));
    }
    return node(new Op.Add(clamp(wide), rounding()), read, wide);
  }

  /** h-sigmoid as a sum, limits and a product; at times times its argument. */
  private Optional<Node> writtenOutGate(Node x) {
    if (!x.type().isFloat()) {
      return gateOfCodes(x);
    }
    Op product = new Op.Mul(Clamp.NONE, rounding());
    Node sum = keep(node(new Op.Add(Clamp.NONE, rounding()), List.of(x, tensors.scalar(3)), x.type()).orElseThrow());
    Node limited = keep(node(new Op.Clip(new Clamp(0, 6), rounding()), List.of(sum), x.type()).orElseThrow());
    Optional<Node> gate = node(product, List.of(limited, tensors.scalar(1f / 6)), x.type());
    return random.nextBoolean() ? gate : node(product, List.of(x, keep(gate.orElseThrow())), x.type());
  }

  private Optional<Node> gateOfCodes(Node x) {
    TensorType first = like(x, x.type().shape());
    TensorType second = like(x, x.type().shape());
    Op product = new Op.Mul(clamp(second), rounding());
    Node three = tensors.constant(like(x, Shape.of(1)));
    Node sum = keep(node(new Op.Add(clamp(first), rounding()), List.of(three, x), first).orElseThrow());
    return random.nextBoolean() ? node(product, List.of(sum, three), second) : node(product, List.of(x, sum), second);
  }

  private Node keep(Node node) {
    nodes.add(node);
    return node;
  }

  private Optional<Node> localResponseNorm(Node x) {
    if (x.type().shape().rank() == 0) {
      return Optional.empty();
    }
    Op op = new Op.LocalResponseNorm(1 + random.nextInt(5), random.nextInt(3) * 0.25f, 0.75f, 1 + random.nextInt(2));
    return node(op, List.of(x), like(x, x.type().shape()));
  }

  private Optional<Node> reshape(Node x) {
    Shape in = x.type().shape();
    Shape shape = switch (random.nextInt(4)) {
      case 0 -> in;
      case 1 -> Shape.of(in.elements());
      case 2 -> Shape.of(1, in.elements());
      default -> in.rank() == 4 ? Shape.of(in.dim(0), in.dim(2), in.dim(1), in.dim(3)) : Shape.of(1, 1, in.elements(), 1);
    };
    return node(new Op.Reshape(), List.of(x), x.type().withShape(shape));
  }

  private Optional<Node> softmax(Node x) {
    return x.type().shape().rank() == 0 ? Optional.empty()
        : node(new Op.Softmax(random.nextBoolean() ? 1 : 0.5f), List.of(x), tensors.probability(x));
  }

  private Optional<Node> logistic(Node x) {
    return node(new Op.Logistic(), List.of(x), tensors.probability(x));
  }

  private Optional<Node> hardSwish(Node x) {
    ElementType element = x.type().element();
    TensorType type = element == ElementType.F32 ? x.type()
        : TensorType.quantized(x.type().shape(), element, x.type().scale(), tensors.zeroPoint(element));
    return node(new Op.HardSwish(), List.of(x), type);
  }

  private Optional<Node> relu(Node x) {
    TensorType type = random.nextInt(3) > 0 ? x.type() : like(x, x.type().shape());
    Activation[] kinds = {Activation.RELU, Activation.RELU6, Activation.RELU_N1_TO_1};
    return node(new Op.Relu(kinds[random.nextInt(kinds.length)], rounding()), List.of(x), type);
  }

  private Optional<Node> clip(Node x) {
    double lo = random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : random.nextInt(9) * 0.5 - 2;
    double hi = random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : Math.max(lo, -2) + random.nextInt(13) * 0.5;
    TensorType type = random.nextInt(3) > 0 ? x.type() : like(x, x.type().shape());
    return node(new Op.Clip(new Clamp(lo, hi), rounding()), List.of(x), type);
  }

  private Optional<Node> function(Node x) {
    boolean real = x.type().isFloat() && x.type().shape().rank() > 0;
    if (random.nextInt(3) == 0) {
      UnaryFunction function = x.type().isFloat() || random.nextBoolean() ? UnaryFunction.ABS : UnaryFunction.RSQRT;
      return node(new Op.Unary(function, rounding()), List.of(x), like(x, x.type().shape()));
    }
    List<Op> functions = List.of(new Op.HardSigmoid(), new Op.Swish(), real ? new Op.LogSoftmax() : new Op.Tanh());
    TensorType type = x.type().element() == ElementType.I16 ? tensors.probability(x) : like(x, x.type().shape());
    return node(functions.get(random.nextInt(functions.size())), List.of(x), type);
  }

  private Optional<Node> quantize(Node x) {
    if (random.nextInt(6) == 0 && !x.type().isFloat()) {
      return node(new Op.Quantize(rounding()), List.of(x), x.type());
    }
    ElementType element = List.of(ElementType.I8, ElementType.U8, ElementType.I16).get(random.nextInt(5) / 2);
    return node(new Op.Quantize(rounding()), List.of(x), tensors.activation(x.type().shape(), element));
  }

  private Optional<Node> dequantize(Node x) {
    return !x.type().isFloat() && random.nextInt(3) == 0
        ? node(new Op.Dequantize(), List.of(x), TensorType.f32(x.type().shape())) : Optional.empty();
  }

  private Optional<Node> table(Node x) {
    if (x.type().isFloat()) {
      return Optional.empty();
    }
    ElementType element = random.nextBoolean() ? ElementType.I8 : ElementType.U8;
    Node table = tensors.constant(TensorType.plain(Shape.of(256), element));
    return node(new Op.Table(), List.of(x, table), tensors.activation(x.type().shape(), element));
  }
}
