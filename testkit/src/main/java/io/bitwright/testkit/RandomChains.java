package io.bitwright.testkit;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Activation;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Graphs as mobile networks have them, a different one for each seed: convolutions, depthwise convolutions, pointwise
 * ones, poolings and element-wise operators that follow each other, inverted residuals with and without a sum, one or
 * two images; int8, uint8 with zero points of weights, and f32.
 */
public final class RandomChains {
  private final Random random;
  private final RandomTensors tensors;
  private final RandomWindows windows;
  private final ElementType element;
  private int operators;

  private RandomChains(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 2);
    this.tensors = new RandomTensors(random, false);
    this.windows = new RandomWindows(random);
    this.element = List.of(ElementType.I8, ElementType.U8, ElementType.F32, ElementType.I16).get(random.nextInt(4));
  }

  /** The graph of a seed. */
  public static Graph graph(long seed) {
    return new RandomChains(seed).build();
  }

  private Graph build() {
    Shape shape =
        Shape.of(1 + random.nextInt(8) / 6, 6 + random.nextInt(9), 3 + random.nextInt(6), 1 + random.nextInt(6));
    Node input = new Node(new Op.Input(), List.of(), tensors.activation(shape, element), "input", SourceLocation.NONE,
        List.of());
    Node x = input;
    int blocks = 1 + random.nextInt(3);
    for (int i = 0; i < blocks; i++) {
      x = switch (random.nextInt(4)) {
        case 0 -> pointwise(depthwise(x, anyWindow(x)), 1 + random.nextInt(6));
        case 1 -> pooled(convolution(x));
        case 2 -> invertedResidual(x, true);
        default -> random.nextBoolean() ? invertedResidual(x, false) : logistic(x);
      };
    }
    return new Graph("chain", List.of(input), List.of(x));
  }

  private Node node(Op op, List<Node> operands, TensorType type) {
    int index = operators++;
    return new Node(op, operands, type, "tensor " + index, SourceLocation.NONE, List.of(index));
  }

  private TensorType like(Node x, Window window, int channels) {
    return tensors.activation(windows.output(window, x.type().shape(), channels), element);
  }

  /** At least one row and column of the result is left. */
  private Window anyWindow(Node x) {
    return windows.over(x.type().shape()).orElse(Window.POINT);
  }

  private Window same(int size, int dilation) {
    int side = size / 2 * dilation;
    return new Window(size, size, 1, 1, dilation, dilation, new Padding(side, side, side, side));
  }

  private Node depthwise(Node x, Window window) {
    int channels = x.type().shape().dim(3);
    int multiplier = random.nextInt(4) == 0 ? 2 : 1;
    TensorType type = like(x, window, channels * multiplier);
    Node weights = tensors.weights(Shape.of(1, window.kernelH(), window.kernelW(), channels * multiplier), 3, element);
    return node(new Op.DepthwiseConv2d(window, multiplier, Activation.RELU6.clampFor(type), Rounding.TFLITE),
        List.of(x, weights, tensors.bias(channels * multiplier, element)), type);
  }

  private Node convolution(Node x) {
    return convolution(x, anyWindow(x), 1 + random.nextInt(6));
  }

  private Node pointwise(Node x, int filters) {
    return convolution(x, Window.POINT, filters);
  }

  private Node convolution(Node x, Window window, int filters) {
    TensorType type = like(x, window, filters);
    Node weights = tensors.weights(
        Shape.of(filters, window.kernelH(), window.kernelW(), x.type().shape().dim(3)), 0, element);
    return node(new Op.Conv2d(window, 1, Activation.NONE.clampFor(type), Rounding.TFLITE),
        List.of(x, weights, tensors.bias(filters, element)), type);
  }

  private Node pooled(Node x) {
    Window window = windows.pooling(x.type().shape()).orElse(Window.POINT);
    TensorType type = x.type().withShape(windows.output(window, x.type().shape(), x.type().shape().dim(3)));
    Op op = random.nextBoolean() ? new Op.MaxPool2d(window, Activation.NONE.clampFor(type))
        : new Op.AveragePool2d(window, Op.Divisor.INSIDE, Activation.NONE.clampFor(type));
    return node(op, List.of(x), type);
  }

  private Node logistic(Node x) {
    return node(new Op.Logistic(), List.of(x), tensors.probability(x));
  }

  /** Expansion, depthwise convolution, projection; and the sum with the input where shapes allow. */
  private Node invertedResidual(Node x, boolean sum) {
    Node wide = pointwise(x, x.type().shape().dim(3) * (1 + random.nextInt(3)));
    List<Integer> sizes = new ArrayList<>(List.of(1, 3, 5));
    Window window = sum ? same(sizes.get(random.nextInt(3)), 1 + random.nextInt(2)) : anyWindow(wide);
    Node narrow = pointwise(depthwise(wide, window), x.type().shape().dim(3));
    if (!sum) {
      return narrow;
    }
    TensorType type = tensors.activation(x.type().shape(), element);
    List<Node> operands = random.nextBoolean() ? List.of(x, narrow) : List.of(narrow, x);
    return node(new Op.Add(Activation.NONE.clampFor(type), Rounding.TFLITE), operands, type);
  }
}
