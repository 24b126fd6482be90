package io.bitwright.frontend.quantise.range;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Beyond which reals no user of a tensor sees a difference: h-swish gives 0 for all below -3. Codes that reach further
 * would be lost.
 */
public final class Reach {
  private static final Range ALL = new Range(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  /** Where sigmoid is within a code of TFLite's 1/256 of its ends. */
  private static final float SIGMOID = 6;

  /** Where tanh is within half a code of TFLite's 1/128 of its ends. */
  private static final float TANH = 4;

  /** Where swish is within 0.001 of 0. */
  private static final float SWISH = -9;

  private final Map<Node, Range> byNode = new IdentityHashMap<>();

  private Reach() {}

  /** Of a graph's tensors. */
  public static Reach of(Graph graph) {
    Reach reach = new Reach();
    Map<Node, List<Node>> users = graph.users();
    for (Node node : graph.nodes()) {
      boolean seenWhole = users.get(node).isEmpty() || graph.outputs().contains(node) || graph.inputs().contains(node);
      reach.byNode.put(node, seenWhole ? ALL
          : users.get(node).stream().map(Reach::seenBy).reduce(Range::union).orElse(ALL));
    }
    return reach;
  }

  private static Range seenBy(Node user) {
    Op op = user.op();
    if (op instanceof Op.HardSwish) {
      return new Range(-3, Float.POSITIVE_INFINITY);
    } else if (op instanceof Op.HardSigmoid) {
      return new Range(-3, 3);
    } else if (op instanceof Op.Logistic) {
      return new Range(-SIGMOID, SIGMOID);
    } else if (op instanceof Op.Tanh) {
      return new Range(-TANH, TANH);
    } else if (op instanceof Op.Swish) {
      return new Range(SWISH, Float.POSITIVE_INFINITY);
    } else if (op instanceof Op.Relu relu) {
      return of(relu.activation().clampFor(user.type()));
    } else if (op instanceof Op.Clip clip) {
      return of(clip.limits());
    } else if (op instanceof Op.Add add && user.operand(1).isConstant() && user.operand(1).constant().elements() == 1) {
      double term = user.operand(1).constant().real(0);
      return of(new Clamp(add.clamp().lo() - term, add.clamp().hi() - term));
    }
    return ALL;
  }

  private static Range of(Clamp limits) {
    return new Range((float) limits.lo(), (float) limits.hi());
  }

  /** The reals that users of a node's result tell apart. */
  public Range of(Node node) {
    return byNode.get(node);
  }
}
