package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.movement.ShapeFolding;
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
 * CONCATENATION and PACK: elements are copied, codes stay.
 *
 * <p>Source: tensorflow/lite/kernels/concatenation.cc and pack.cc.
 */
final class JoinImport {
  private static final int CONCATENATION_OPTIONS = 10;
  private static final int PACK_OPTIONS = 59;

  private JoinImport() {}

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

  /** Operands of one shape, each as an index of a dimension that is new. */
  static Node pack(OperatorSite site) {
    if (ShapeFolding.isOfIntegers(site)) {
      return ShapeFolding.pack(site);
    }
    site.requireOperands(1, Limits.OPERATORS);
    site.claimIndices(site.operands());
    FlatTable options = site.requiredOptions(PACK_OPTIONS);
    if (options.i32(0, 0) != site.operands()) {
      throw site.unsupported("values_count is " + options.i32(0, 0) + " (must be " + site.operands() + ")");
    }
    Node first = site.activation(0);
    int axis = site.axis(options.i32(1, 0), first.type().shape().rank() + 1);
    List<Integer> dims = new ArrayList<>(first.type().shape().dims());
    dims.add(axis, 1);
    List<Node> parts = new ArrayList<>();
    for (int i = 0; i < site.operands(); i++) {
      Node part = site.activation(i);
      site.requireSameQuantization(part);
      if (!part.type().shape().equals(first.type().shape())) {
        throw site.badShape("operand '" + part.name() + "' of shape " + FileTensor.bracketed(part.type().shape())
            + " does not fit the others");
      }
      parts.add(site.inserted(new Op.Reshape(), part, part.type().withShape(new Shape(dims))));
    }
    dims.set(axis, site.operands());
    site.requireResultShape(dims);
    return site.node(new Op.Concat(axis), parts.toArray(Node[]::new));
  }
}
