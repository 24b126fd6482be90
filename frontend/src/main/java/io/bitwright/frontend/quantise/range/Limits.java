package io.bitwright.frontend.quantise.range;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import java.util.IdentityHashMap;
import java.util.Map;

/** Which reals a tensor cannot leave, whatever the network sees: activations limit them, and some functions do. */
public final class Limits {
  private static final Range ALL = new Range(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  private static final Range FRACTION = new Range(0, 1);

  private final Map<Node, Range> byNode = new IdentityHashMap<>();

  private Limits() {}

  /** Of a graph's tensors. */
  public static Limits of(Graph graph) {
    Limits limits = new Limits();
    graph.nodes().forEach(n -> limits.byNode.put(n, limits.computed(n)));
    return limits;
  }

  /** The reals that a node gives; real zero, with which tensors are padded, may be outside. */
  public Range of(Node node) {
    return byNode.get(node);
  }

  private Range computed(Node node) {
    Op op = node.op();
    if (op instanceof Op.Softmax || op instanceof Op.Logistic || op instanceof Op.HardSigmoid) {
      return FRACTION;
    } else if (op instanceof Op.Pad pad && pad.value().isPresent()) {
      float value = (float) pad.value().getAsDouble();
      return byNode.get(node.operand(0)).union(new Range(value, value));
    } else if (op instanceof Op.Tanh) {
      return new Range(-1, 1);
    } else if (op instanceof Op.Relu relu) {
      return range(relu.activation().clampFor(node.type()));
    } else if (op instanceof Op.Clip clip) {
      return range(clip.limits());
    } else if (keeps(op)) {
      return node.operands().stream().filter(o -> byNode.containsKey(o)).map(byNode::get).reduce(Range::union)
          .map(r -> r.within(range(op.clamp()))).orElse(ALL);
    }
    return range(op.clamp());
  }

  /** Whether an operator's results lie between its operands' elements and zero. */
  private static boolean keeps(Op op) {
    return op instanceof Op.MaxPool2d || op instanceof Op.AveragePool2d || op instanceof Op.Mean || op instanceof Op.Pad
        || op instanceof Op.Slice || op instanceof Op.Reshape || op instanceof Op.ChannelShuffle
        || op instanceof Op.ResizeBilinear || op instanceof Op.Concat || op instanceof Op.Transpose
        || op instanceof Op.Gather;
  }

  private static Range range(Clamp clamp) {
    return new Range((float) clamp.lo(), (float) clamp.hi());
  }
}
