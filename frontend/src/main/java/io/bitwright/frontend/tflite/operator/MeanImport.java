package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * MEAN over constant axes, which may count from the end and repeat.
 *
 * <p>Source: tensorflow/lite/kernels/reduce.cc.
 */
final class MeanImport {
  private static final int OPTIONS = 27;

  private MeanImport() {}

  static Node mean(OperatorSite site) {
    site.requireOperands(2, 2);
    Node x = site.activation(0);
    site.requireResultElement(x);
    boolean keepDims = site.options(OPTIONS).map(o -> o.flag(0)).orElse(false);
    Shape shape = x.type().shape();
    TreeSet<Integer> axes = new TreeSet<>();
    for (long axis : site.integers(1).constant().codes()) {
      axes.add(site.axis(axis, shape.rank()));
    }
    List<Integer> computed = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (!axes.contains(i)) {
        computed.add(shape.dim(i));
      } else if (keepDims) {
        computed.add(1);
      }
    }
    site.requireResultShape(computed);
    return site.node(new Op.Mean(List.copyOf(axes), keepDims, Rounding.TFLITE), x);
  }
}
