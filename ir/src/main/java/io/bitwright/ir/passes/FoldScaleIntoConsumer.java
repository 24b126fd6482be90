package io.bitwright.ir.passes;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.rewrite.Match;
import io.bitwright.ir.rewrite.Rule;
import java.util.Optional;

/**
 * {@code conv(scale * x + shift)}, a normalised input above all, is a convolution of x with weights {@code w * scale} and
 * bias {@code b + sum w * shift}. Padding stands for zeros of the convolution's operand: with padding the shift must be 0.
 */
final class FoldScaleIntoConsumer implements Rule {
  @Override
  public Optional<Node> apply(Node node, Match match) {
    Optional<WeightedOp> consumer = WeightedOp.of(node);
    if (consumer.isEmpty() || !match.singleUse(node.operand(0))) {
      return Optional.empty();
    }
    boolean padded = !consumer.get().window().padding().isNone();
    return ChannelScale.of(node.operand(0))
        .filter(s -> s.clamp().isNone() && (s.keepsZero() || !padded))
        .map(s -> folded(node, consumer.get(), s));
  }

  private static Node folded(Node node, WeightedOp consumer, ChannelScale scale) {
    float[] weights = consumer.weights();
    double[] sums = new double[consumer.outputs()];
    for (int i = 0; i < weights.length; i++) {
      int channel = consumer.input(i);
      sums[consumer.output(i)] += weights[i] * scale.shift()[channel];
      weights[i] = (float) (weights[i] * scale.scale()[channel]);
    }
    float[] bias = consumer.bias();
    for (int o = 0; o < bias.length; o++) {
      bias[o] = (float) (bias[o] + sums[o]);
    }
    return consumer.with(node, scale.x(), weights, bias, consumer.clamp());
  }
}
