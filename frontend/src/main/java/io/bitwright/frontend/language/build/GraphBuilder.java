package io.bitwright.frontend.language.build;

import io.bitwright.frontend.language.build.Weights.Role;
import io.bitwright.frontend.language.layer.Layer;
import io.bitwright.frontend.language.layer.LayerOp;
import io.bitwright.frontend.language.layer.NetworkModel;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Builds the float graph of a network: one node a layer, plus reshapes around fully connected layers of images. */
public final class GraphBuilder {
  private static final int CHANNEL_AXIS = 3;

  private final Weights weights;
  private final Map<Layer, Node> nodes = new IdentityHashMap<>();

  private GraphBuilder(Weights weights) {
    this.weights = weights;
  }

  /** The graph; origins of its nodes are the layers' indices. */
  public static Graph build(NetworkModel network, Weights weights) {
    GraphBuilder builder = new GraphBuilder(weights);
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      builder.nodes.put(layer, builder.node(layer, i));
    }
    return new Graph(network.name(), network.inputs().stream().map(builder.nodes::get).toList(),
        network.outputs().stream().map(builder.nodes::get).toList());
  }

  private Node node(Layer layer, int index) {
    List<Node> operands = new ArrayList<>(layer.inputs().stream().map(nodes::get).toList());
    LayerOp op = layer.op();
    if (op instanceof LayerOp.Dense dense) {
      return dense(layer, dense, index);
    } else if (op instanceof LayerOp.Convolution c) {
      return node(layer, convolution(layer, c, operands), operands, index);
    } else if (op instanceof LayerOp.Normalization n) {
      Shape channels = Shape.of(layer.channels());
      for (Role role : List.of(Role.MEAN, Role.VARIANCE, Role.BETA)) {
        operands.add(constant(layer, role, channels, 1));
      }
      if (n.scale()) {
        operands.add(constant(layer, Role.GAMMA, channels, 1));
      }
      return node(layer, new Op.BatchNorm((float) n.epsilon(), Clamp.NONE), operands, index);
    }
    return node(layer, plain(layer, op), operands, index);
  }

  private static Node node(Layer layer, Op op, List<Node> operands, int index) {
    return new Node(op, operands, TensorType.f32(layer.shape()), layer.name(), location(layer), List.of(index));
  }

  private static SourceLocation location(Layer layer) {
    SourceLocation at = layer.location();
    return new SourceLocation(at.file(), at.line(), at.column(), layer.name());
  }

  private Node constant(Layer layer, Role role, Shape shape, int fanIn) {
    String name = layer.name() + "." + role.text();
    Op op = new Op.Constant(name, weights.get(layer.name(), role, shape, fanIn, layer.location()));
    return new Node(op, List.of(), TensorType.f32(shape), name, location(layer), List.of());
  }

  private Op convolution(Layer layer, LayerOp.Convolution op, List<Node> operands) {
    int channels = layer.input().channels();
    Window window = op.window();
    boolean depthwise = op.groups() > 1 && op.groups() == channels;
    int each = channels / op.groups();
    Shape shape = depthwise ? Shape.of(1, window.kernelH(), window.kernelW(), op.filters())
        : Shape.of(op.filters(), window.kernelH(), window.kernelW(), each);
    operands.add(constant(layer, Role.WEIGHTS, shape, window.taps() * each));
    if (op.bias()) {
      operands.add(constant(layer, Role.BIAS, Shape.of(op.filters()), 1));
    }
    return depthwise ? new Op.DepthwiseConv2d(window, op.filters() / channels, Clamp.NONE, Rounding.TFLITE)
        : new Op.Conv2d(window, op.groups(), Clamp.NONE, Rounding.TFLITE);
  }

  /** A fully connected layer works on the last dimension: an image of several pixels becomes a vector around it. */
  private Node dense(Layer layer, LayerOp.Dense op, int index) {
    Node x = nodes.get(layer.input());
    int inputs = layer.input().shape().elements();
    boolean image = inputs != layer.input().channels();
    List<Node> operands = new ArrayList<>();
    operands.add(image ? reshape(x, Shape.of(1, inputs), layer, List.of()) : x);
    operands.add(constant(layer, Role.WEIGHTS, Shape.of(op.units(), inputs), inputs));
    if (op.bias()) {
      operands.add(constant(layer, Role.BIAS, Shape.of(op.units()), 1));
    }
    Op product = new Op.FullyConnected(Clamp.NONE, Rounding.TFLITE);
    if (!image) {
      return node(layer, product, operands, index);
    }
    Node vector = new Node(product, operands, TensorType.f32(Shape.of(1, op.units())), layer.name(), location(layer),
        List.of(index));
    return reshape(vector, layer.shape(), layer, List.of(index));
  }

  private static Node reshape(Node x, Shape shape, Layer layer, List<Integer> origins) {
    return new Node(
        new Op.Reshape(), List.of(x), TensorType.f32(shape), layer.name() + ".reshape", location(layer), origins);
  }

  /** Operators without constants. */
  private static Op plain(Layer layer, LayerOp op) {
    if (op instanceof LayerOp.Pool p) {
      return pool(p);
    } else if (op instanceof LayerOp.Activation a) {
      return activation(a);
    } else if (op instanceof LayerOp.GlobalPool) {
      return new Op.Mean(List.of(1, 2), true, Rounding.TFLITE);
    } else if (op instanceof LayerOp.LocalResponse l) {
      return new Op.LocalResponseNorm(l.size(), (float) l.alpha(), (float) l.beta(), (float) l.bias());
    } else if (op instanceof LayerOp.Add) {
      return new Op.Add(Clamp.NONE, Rounding.TFLITE);
    } else if (op instanceof LayerOp.Multiply) {
      return new Op.Mul(Clamp.NONE, Rounding.TFLITE);
    } else if (op instanceof LayerOp.Concat) {
      return new Op.Concat(CHANNEL_AXIS);
    } else if (op instanceof LayerOp.Softmax) {
      return new Op.Softmax(1);
    } else if (op instanceof LayerOp.Input) {
      return new Op.Input();
    }
    return move(layer, op);
  }

  private static Op pool(LayerOp.Pool p) {
    return p.maximum() ? new Op.MaxPool2d(p.window(), Clamp.NONE) : new Op.AveragePool2d(
        p.window(), p.wholeDivisor() ? Op.Divisor.WINDOW : Op.Divisor.INSIDE, Clamp.NONE);
  }

  private static Op activation(LayerOp.Activation a) {
    return switch (a.function()) {
      case RELU -> new Op.Relu(io.bitwright.ir.op.Activation.RELU, Rounding.TFLITE);
      case RELU6 -> new Op.Relu(io.bitwright.ir.op.Activation.RELU6, Rounding.TFLITE);
      case HARD_SIGMOID -> new Op.HardSigmoid();
      case HARD_SWISH -> new Op.HardSwish();
      case SIGMOID -> new Op.Logistic();
      case SWISH -> new Op.Swish();
      case CLIP -> new Op.Clip(new Clamp(a.lo(), a.hi()), Rounding.TFLITE);
    };
  }

  /** Operators that move elements. */
  private static Op move(Layer layer, LayerOp op) {
    if (op instanceof LayerOp.Slice s) {
      return new Op.Slice(List.of(0, 0, 0, s.from()), layer.shape().dims());
    } else if (op instanceof LayerOp.Crop c) {
      return new Op.Slice(List.of(0, c.padding().top(), c.padding().left(), 0), layer.shape().dims());
    } else if (op instanceof LayerOp.Pad p) {
      return new Op.Pad(List.of(0, p.padding().top(), p.padding().left(), 0),
          List.of(0, p.padding().bottom(), p.padding().right(), 0));
    } else if (op instanceof LayerOp.Shuffle s) {
      return new Op.ChannelShuffle(s.transposed() ? layer.channels() / s.groups() : s.groups());
    } else if (op instanceof LayerOp.Subsample s) {
      return new Op.MaxPool2d(Window.of(1, 1, s.stride(), io.bitwright.ir.op.Padding.NONE), Clamp.NONE);
    } else if (op instanceof LayerOp.Flatten) {
      return new Op.Reshape();
    }
    throw new IllegalStateException("no operator for " + op);
  }
}
