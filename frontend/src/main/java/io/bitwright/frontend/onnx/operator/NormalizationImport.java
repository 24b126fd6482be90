package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.List;

/** BatchNormalization with known statistics, and LRN. */
final class NormalizationImport {
  private static final int LARGEST_NEIGHBOURHOOD = 64;

  private NormalizationImport() {}

  static Tensor batch(OperatorSite site) {
    site.requireOperands(5, 5);
    site.requireOneResult("the running statistics");
    site.attributes().ignore("momentum");
    if (site.opset() < 7 && site.attributes().integer("is_test", 0) == 0) {
      throw site.unsupported("attribute is_test is 0 (must be 1)");
    }
    requireAttribute(site, "training_mode", 0);
    requireAttribute(site, "spatial", 1);
    Feature x = site.feature(0);
    site.requireRank(x, 2, 4);
    int channels = x.dims().get(1);
    List<Integer> order = Layouts.channelsLast(x.rank());
    Node gamma = channelConstant(site, 1, "the scale", channels);
    Node beta = channelConstant(site, 2, "the bias", channels);
    Node mean = channelConstant(site, 3, "the mean", channels);
    Node variance = channelConstant(site, 4, "the variance", channels);
    float epsilon = site.attributes().real("epsilon", 1e-5f);
    List<Node> operands = List.of(Layouts.arranged(site, x, order), mean, variance, beta, gamma);
    return site.result(new Op.BatchNorm(epsilon, Clamp.NONE), operands, Layouts.sizes(x.dims(), order),
        View.ordered(x.dims(), order));
  }

  private static void requireAttribute(OperatorSite site, String name, long value) {
    long given = site.attributes().integer(name, value);
    if (given != value) {
      throw site.unsupported("attribute " + name + " is " + given + " (must be " + value + ")");
    }
  }

  private static Node channelConstant(OperatorSite site, int operand, String what, int channels) {
    Array array = site.reals(operand, what);
    if (!array.dims().equals(List.of(channels))) {
      throw site.badShape(what + " has shape " + array.dims() + " (must be [" + channels + "])");
    }
    return site.constant(array.name(), array.dims(), array.data());
  }

  static Tensor localResponse(OperatorSite site) {
    Feature x = site.feature(0);
    site.requireRank(x, 3, 4);
    long size = site.attributes().integer("size").orElseThrow(() -> site.unsupported("attribute size is missing"));
    if (size < 1 || size > LARGEST_NEIGHBOURHOOD) {
      throw site.unsupported("attribute size is " + size + " (must be 1 to " + LARGEST_NEIGHBOURHOOD + ")");
    }
    float alpha = site.attributes().real("alpha", 1e-4f);
    float beta = site.attributes().real("beta", 0.75f);
    float bias = site.attributes().real("bias", 1);
    if (!(bias > 0 && alpha >= 0) || !Float.isFinite(alpha) || !Float.isFinite(beta) || !Float.isFinite(bias)) {
      throw site.unsupported("alpha is " + alpha + ", beta " + beta + ", bias " + bias
          + " (must be finite, alpha not negative, bias positive)");
    }
    List<Integer> order = new ArrayList<>(Layouts.channelsLast(x.rank()));
    return site.result(new Op.LocalResponseNorm((int) size, alpha, beta, bias),
        List.of(Layouts.arranged(site, x, order)), Layouts.sizes(x.dims(), order), View.ordered(x.dims(), order));
  }
}
