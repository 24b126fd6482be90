package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.movement.Steps;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * ARG_MAX: index of the first largest element along an axis, which the result lacks. An int64 result is given as int32.
 *
 * <p>Source: tensorflow/lite/kernels/arg_min_max.cc.
 */
final class ArgMaxImport {
  private ArgMaxImport() {}

  /** Operands: x, axis. What options say about the result's type, its tensor says too. */
  static Node argMax(OperatorSite site) {
    site.requireOperands(2, 2);
    Node x = site.feature(0);
    int rank = x.type().shape().rank();
    int axis = site.axis(site.singleInteger(1), rank);
    List<Integer> computed = new ArrayList<>(x.type().shape().dims());
    computed.remove(axis);
    site.requireResultShape(computed);
    Steps steps = new Steps(site, x);
    if (axis != rank - 1) {
      List<Integer> order = new ArrayList<>();
      for (int d = 0; d < rank; d++) {
        if (d != axis) {
          order.add(d);
        }
      }
      order.add(axis);
      steps.transposed(order);
    }
    return site.indexNode(new Op.ArgMax(false), steps.current());
  }
}
