package io.bitwright.frontend.quantise.equalise;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;

/** An upper limit for each channel, as the smaller one of a tensor and a constant. */
final class ChannelLimit {
  private ChannelLimit() {}

  /**
   * Limits a tensor's channels.
   *
   * @param factors  by which each channel's limit is smaller
   */
  static Node of(Node x, double limit, double[] factors) {
    float[] limits = new float[factors.length];
    for (int c = 0; c < limits.length; c++) {
      limits[c] = (float) (limit / factors[c]);
    }
    return limited(x, limits, x.name() + "/limited");
  }

  /** Another tensor in the place of one that is limited, each channel's limit lowered by a distance. */
  static Node lowered(Node limited, Node x, double[] distances) {
    float[] limits = limited.operand(1).constant().reals();
    for (int c = 0; c < limits.length; c++) {
      limits[c] = (float) (limits[c] - distances[c]);
    }
    return limited(x, limits, limited.name());
  }

  private static Node limited(Node x, float[] limits, String name) {
    TensorType type = TensorType.f32(Shape.of(limits.length));
    Op contents = new Op.Constant(name + "/limits", TensorData.ofFloats(limits));
    Node constant = new Node(contents, List.of(), type, name + "/limits", x.location(), List.of());
    Op smaller = new Op.Elementwise(BinaryFunction.MIN);
    return new Node(smaller, List.of(x, constant), x.type(), name, x.location(), List.of());
  }
}
