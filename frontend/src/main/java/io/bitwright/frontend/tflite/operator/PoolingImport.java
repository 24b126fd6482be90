package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import java.util.List;
import java.util.function.BiFunction;

/**
 * AVERAGE_POOL_2D and MAX_POOL_2D: [N, H, W, C] to [N, H', W', C], with the operand's scale and zero point.
 *
 * <p>Source: tensorflow/lite/kernels/pooling.cc.
 */
final class PoolingImport {
  private static final int OPTIONS = 5;

  private PoolingImport() {}

  static Node averagePool2d(OperatorSite site) {
    return pool(site, Op.AveragePool2d::new);
  }

  static Node maxPool2d(OperatorSite site) {
    return pool(site, Op.MaxPool2d::new);
  }

  private static Node pool(OperatorSite site, BiFunction<Window, Clamp, Op> op) {
    site.requireOperands(1, 1);
    FlatTable options = site.requiredOptions(OPTIONS);
    Node x = site.activation(0);
    site.requireRank(x, 4);
    site.requireSameQuantization(x);
    Shape in = x.type().shape();
    Window window = WindowImport.of(site, options, options.i32(4, 0), options.i32(3, 0), 1, 1).over(in);
    Clamp clamp = FusedActivation.clamp(site, options, 5);
    site.requireResultShape(List.of(in.dim(0), window.outputH(in.dim(1)), window.outputW(in.dim(2)), in.dim(3)));
    return site.node(op.apply(window, clamp), x);
  }
}
