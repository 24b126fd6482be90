package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * CONCATENATION and PAD: elements are copied, codes stay.
 *
 * <p>Source: tensorflow/lite/kernels/concatenation.cc and pad.cc.
 */
final class LayoutImport {
  private static final int CONCATENATION_OPTIONS = 10;

  private LayoutImport() {}

  /**
   * Concatenation. Operands have the result's scale and zero point, except that uint8 ones may differ: the uint8 kernel
   * requantises, and the operands' own types say so.
   */
  static Node concatenation(OperatorSite site) {
    site.requireOperands(1, Limits.OPERATORS);
    site.options(CONCATENATION_OPTIONS).ifPresent(o -> FusedActivation.requireNone(site, o, 1));
    List<Node> operands = new ArrayList<>();
    for (int i = 0; i < site.operands(); i++) {
      Node operand = site.activation(i);
      if (operand.type().element() == ElementType.U8) {
        site.requireResultElement(operand);
      } else {
        site.requireSameQuantization(operand);
      }
      operands.add(operand);
    }
    Shape first = operands.get(0).type().shape();
    int axis = site.axis(site.options(CONCATENATION_OPTIONS).map(o -> o.i32(0, 0)).orElse(0), first.rank());
    site.requireResultShape(concatenated(site, operands, axis));
    return site.node(new Op.Concat(axis), operands.toArray(Node[]::new));
  }

  private static List<Integer> concatenated(OperatorSite site, List<Node> operands, int axis) {
    List<Integer> result = new ArrayList<>(operands.get(0).type().shape().dims());
    long sum = 0;
    for (Node operand : operands) {
      List<Integer> dims = new ArrayList<>(operand.type().shape().dims());
      if (dims.size() == result.size()) {
        sum += dims.set(axis, result.get(axis));
      }
      if (!dims.equals(result)) {
        throw site.badShape("operand '" + operand.name() + "' of shape "
            + FileTensor.bracketed(operand.type().shape()) + " does not fit the others");
      }
    }
    result.set(axis, (int) Math.min(sum, Integer.MAX_VALUE));
    return result;
  }

  /** Padding with real zero; operand 1 holds the counts before and after each dimension, [rank, 2]. */
  static Node pad(OperatorSite site) {
    site.requireOperands(2, 2);
    Node x = site.activation(0);
    site.requireSameQuantization(x);
    Shape shape = x.type().shape();
    Node paddings = site.integers(1);
    if (!paddings.type().shape().dims().equals(List.of(shape.rank(), 2))) {
      throw site.badShape("its paddings have shape " + FileTensor.bracketed(paddings.type().shape())
          + " (must be [" + shape.rank() + ", 2])");
    }
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    List<Integer> computed = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      before.add(count(site, paddings.constant().code(2 * i)));
      after.add(count(site, paddings.constant().code(2 * i + 1)));
      computed.add(shape.dim(i) + before.get(i) + after.get(i));
    }
    site.requireResultShape(computed);
    return site.node(new Op.Pad(before, after), x);
  }

  private static int count(OperatorSite site, long count) {
    if (count < 0 || count > Limits.WINDOW_PIXELS) {
      throw site.unsupported("a padding of " + count + " is not supported (must be 0 to " + Limits.WINDOW_PIXELS + ")");
    }
    return (int) count;
  }
}
