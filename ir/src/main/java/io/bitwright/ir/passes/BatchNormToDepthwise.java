package io.bitwright.ir.passes;

import io.bitwright.ir.graph.ChannelScaling;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * A batch normalisation of a feature map is a 1x1 depthwise convolution, which has an 8-bit form. For quantisers: no part of
 * the standard pipeline.
 */
public final class BatchNormToDepthwise implements Rule {
  private final Rounding rounding;

  /**
   * Prepares.
   *
   * @param rounding  of the convolutions, once they are quantised
   */
  public BatchNormToDepthwise(Rounding rounding) {
    this.rounding = rounding;
  }

  @Override
  public Optional<Node> apply(Node node, Match match) {
    if (!(node.op() instanceof Op.BatchNorm batch) || node.type().shape().rank() != 4) {
      return Optional.empty();
    }
    ChannelScaling scaling = ChannelScaling.of(node);
    int channels = node.type().shape().dim(3);
    Node weights = constant(node, "/weights", Shape.of(1, 1, 1, channels), scaling.realScale());
    Node bias = constant(node, "/bias", Shape.of(channels), scaling.realShift());
    Op convolution = new Op.DepthwiseConv2d(Window.POINT, 1, batch.clamp(), rounding);
    return Optional.of(node.replacedBy(convolution, List.of(node.operand(0), weights, bias), node.type()));
  }

  private static Node constant(Node node, String suffix, Shape shape, float[] values) {
    String name = node.name() + suffix;
    Op contents = new Op.Constant(name, TensorData.ofFloats(values));
    return new Node(contents, List.of(), TensorType.f32(shape), name, node.location(), List.of());
  }
}
