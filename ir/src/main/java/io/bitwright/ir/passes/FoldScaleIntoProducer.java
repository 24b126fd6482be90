package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/**
 * {@code scale * conv(x) + shift}, a batch normalisation above all, is a convolution with weights {@code w * scale} and bias
 * {@code b * scale + shift}, products and sums in double.
 */
final class FoldScaleIntoProducer implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    Optional<ChannelScale> scale = ChannelScale.of(node);
    if (scale.isEmpty() || !match.singleUse(scale.get().x())) {
      return Optional.empty();
    }
    return WeightedOp.of(scale.get().x()).filter(w -> w.clamp().isNone()).map(w -> folded(node, w, scale.get()));
  }

  private static Node folded(Node node, WeightedOp producer, ChannelScale scale) {
    float[] bias = producer.bias();
    for (int o = 0; o < bias.length; o++) {
      bias[o] = (float) (bias[o] * scale.scale()[o] + scale.shift()[o]);
    }
    return producer.with(node, producer.node().operand(0), producer.weightsTimes(scale.scale()), bias, scale.clamp());
  }
}
