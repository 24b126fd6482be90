package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** An f32 convolution or fully connected operator with constant weights: which channels each weight connects. */
public record WeightedOp(Node node, Window window, Clamp clamp) {
  public static Optional<WeightedOp> of(Node node) {
    if (!node.type().isFloat() || node.operands().size() < 2 || !node.operand(1).isConstant()) {
      return Optional.empty();
    }
    if (node.op() instanceof Op.Conv2d op) {
      return Optional.of(new WeightedOp(node, op.window(), op.clamp()));
    }
    if (node.op() instanceof Op.DepthwiseConv2d op) {
      return Optional.of(new WeightedOp(node, op.window(), op.clamp()));
    }
    return node.op() instanceof Op.FullyConnected op
        ? Optional.of(new WeightedOp(node, Window.POINT, op.clamp())) : Optional.empty();
  }

  public int outputs() {
    return node.type().shape().dim(-1);
  }

  public float[] weights() {
    return node.operand(1).constant().reals();
  }

  /** The weights, each times the factor of its output channel; products in double. */
  float[] weightsTimes(double[] factors) {
    float[] values = weights();
    boolean lastIsOutput = node.op() instanceof Op.DepthwiseConv2d;
    int run = lastIsOutput ? 1 : values.length / factors.length;
    for (int i = 0; i < values.length; ) {
      for (double factor : factors) {
        for (int end = i + run; i < end; i++) {
          values[i] = (float) (values[i] * factor);
        }
      }
    }
    return values;
  }

  public float[] bias() {
    return node.operands().size() > 2 ? node.operand(2).constant().reals() : new float[outputs()];
  }

  /** The output channel of the weight at a flat index. */
  public int output(int index) {
    boolean depthwise = node.op() instanceof Op.DepthwiseConv2d;
    return depthwise ? index % outputs() : index / (node.operand(1).type().shape().elements() / outputs());
  }

  /** The input channel of the weight at a flat index. */
  public int input(int index) {
    if (node.op() instanceof Op.DepthwiseConv2d op) {
      return output(index) / op.multiplier();
    }
    int groups = node.op() instanceof Op.Conv2d op ? op.groups() : 1;
    int perGroup = node.operand(1).type().shape().dim(-1);
    return output(index) / (outputs() / groups) * perGroup + index % perGroup;
  }

  /** The same operator of {@code x} with other constants and limits, in the place of {@code replaced}. */
  public Node with(Node replaced, Node x, float[] weights, float[] bias, Clamp limits) {
    Node old = node.operand(1);
    Node newWeights = constant(old.name(), old.type(), weights, replaced);
    String name = node.operands().size() > 2 ? node.operand(2).name() : replaced.name() + "/bias";
    Node newBias = constant(name, TensorType.f32(Shape.of(bias.length)), bias, replaced);
    return replaced.replacedBy(limited(limits), List.of(x, newWeights, newBias), replaced.type());
  }

  private static Node constant(String name, TensorType type, float[] values, Node at) {
    Op contents = new Op.Constant(name, TensorData.ofFloats(values));
    return new Node(contents, List.of(), type, name, at.location(), List.of());
  }

  private Op limited(Clamp limits) {
    if (node.op() instanceof Op.Conv2d op) {
      return new Op.Conv2d(op.window(), op.groups(), limits, op.rounding());
    }
    if (node.op() instanceof Op.DepthwiseConv2d op) {
      return new Op.DepthwiseConv2d(op.window(), op.multiplier(), limits, op.rounding());
    }
    return new Op.FullyConnected(limits, ((Op.FullyConnected) node.op()).rounding());
  }
}
