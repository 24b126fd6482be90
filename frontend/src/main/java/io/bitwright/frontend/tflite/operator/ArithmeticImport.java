package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * ADD, MUL, SUB, DIV, MAXIMUM, MINIMUM and PRELU of two feature maps, either of which may be constant; dimensions of
 * size 1 and missing leading ones broadcast.
 *
 * <p>Source: tensorflow/lite/kernels/add.cc, mul.cc, sub.cc, div.cc, maximum_minimum.cc, activations.cc, and
 * CalculateShapeForBroadcast in kernel_util.cc.
 */
final class ArithmeticImport {
  private static final int ADD_OPTIONS = 11;
  private static final int MUL_OPTIONS = 21;
  private static final int SUB_OPTIONS = 28;
  private static final int DIV_OPTIONS = 29;

  private ArithmeticImport() {}

  static Node add(OperatorSite site) {
    return sum(site, site.options(ADD_OPTIONS), Op.Add::new);
  }

  static Node mul(OperatorSite site) {
    return build(site, site.options(MUL_OPTIONS), Op.Mul::new);
  }

  static Node sub(OperatorSite site) {
    return sum(site, site.options(SUB_OPTIONS), of(BinaryFunction.SUB));
  }

  /** A sum or difference: TFLite has kernels of its own for 16-bit codes whose scales are all powers of two. */
  private static Node sum(OperatorSite site, Optional<FlatTable> options, BiFunction<Clamp, Rounding, Op> op) {
    Node node = build(site, options, op);
    boolean powers = node.type().element() == ElementType.I16 && isPowerOfTwo(node.type())
        && node.operands().stream().allMatch(o -> isPowerOfTwo(o.type()));
    if (powers && options.map(o -> !o.has(1) || o.flag(1)).orElse(true)) {
      throw site.unsupported("int16 scales that are all powers of two are not supported with pot_scale_int16 (must be "
          + "false, or a scale must be another)");
    }
    return node;
  }

  /** As CheckedLog2 of quantization_util.cc: within a thousandth of an exponent. */
  private static boolean isPowerOfTwo(TensorType type) {
    double exponent = Math.log(type.scale()) / Math.log(2);
    return Math.abs(exponent - Math.rint(exponent)) < 1e-3;
  }

  static Node div(OperatorSite site) {
    requireNarrow(site);
    return build(site, site.options(DIV_OPTIONS), of(BinaryFunction.DIV));
  }

  private static BiFunction<Clamp, Rounding, Op> of(BinaryFunction function) {
    return (clamp, rounding) -> new Op.Elementwise(function, clamp, rounding);
  }

  /** The larger or smaller one: of codes, which must mean the same in operands and result. */
  static OperatorImport.Single pick(BinaryFunction function) {
    return site -> {
      Node picked = build(site, Optional.empty(), of(function));
      picked.operands().forEach(site::requireSameQuantization);
      return picked;
    };
  }

  /** Operand 1 is the slope below zero; the result has the shape of operand 0. */
  static Node prelu(OperatorSite site) {
    requireNarrow(site);
    Node node = build(site, Optional.empty(), of(BinaryFunction.PRELU));
    site.requireResultShape(node.operand(0).type().shape().dims());
    return node;
  }

  private static void requireNarrow(OperatorSite site) {
    site.requireOperands(2, 2);
    site.feature(0);
  }

  private static Node build(OperatorSite site, Optional<FlatTable> options, BiFunction<Clamp, Rounding, Op> op) {
    site.requireOperands(2, 2);
    Node a = site.activation(0);
    Node b = site.activation(1);
    site.requireResultElement(a);
    site.requireElement(b, a.type().element());
    Clamp clamp = options.map(o -> FusedActivation.clamp(site, o, 0)).orElse(Clamp.NONE);
    site.requireResultShape(broadcast(site, a.type().shape(), b.type().shape()));
    return site.node(op.apply(clamp, Rounding.TFLITE), a, b);
  }

  private static List<Integer> broadcast(OperatorSite site, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    List<Integer> result = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int left = leading(a, i - (rank - a.rank()));
      int right = leading(b, i - (rank - b.rank()));
      if (left != right && left != 1 && right != 1) {
        throw site.badShape(
            "shapes " + FileTensor.bracketed(a) + " and " + FileTensor.bracketed(b) + " do not broadcast");
      }
      result.add(Math.max(left, right));
    }
    return result;
  }

  private static int leading(Shape shape, int index) {
    return index < 0 ? 1 : shape.dim(index);
  }
}
