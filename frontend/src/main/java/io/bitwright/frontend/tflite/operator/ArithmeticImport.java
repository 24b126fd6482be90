package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.BinaryFunction;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.scalar.function.ElementwiseSemantics;
import io.bitwright.ir.scalar.function.PowerOfTwo;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
    return sum(site, site.options(ADD_OPTIONS), Op.Add::new, BinaryFunction.SHIFTED_ADD);
  }

  static Node mul(OperatorSite site) {
    return build(site, site.options(MUL_OPTIONS), Op.Mul::new);
  }

  static Node sub(OperatorSite site) {
    return sum(site, site.options(SUB_OPTIONS), of(BinaryFunction.SUB), BinaryFunction.SHIFTED_SUB);
  }

  /** A sum or difference: TFLite has kernels of its own for 16-bit codes whose scales are all powers of two. */
  private static Node sum(OperatorSite site, Optional<FlatTable> options, BiFunction<Clamp, Rounding, Op> op,
      BinaryFunction ofPowers) {
    Node node = build(site, options, op);
    boolean powers = node.type().element() == ElementType.I16 && isPowerOfTwo(node.type())
        && node.operands().stream().allMatch(o -> isPowerOfTwo(o.type()));
    if (powers && options.map(o -> !o.has(1) || o.flag(1)).orElse(true)) {
      requireShifts(site, node, ofPowers);
      return build(site, options, of(ofPowers));
    }
    return node;
  }

  private static boolean isPowerOfTwo(TensorType type) {
    return PowerOfTwo.exponent(type.scale()).isPresent();
  }

  /** One operand has the result's scale, the other no larger one; sums have operands of one shape. */
  private static void requireShifts(OperatorSite site, Node node, BinaryFunction function) {
    List<TensorType> types = node.operands().stream().map(Node::type).toList();
    List<OptionalInt> shifts =
        types.stream().map(t -> ElementwiseSemantics.shift(t.scale(), node.type().scale())).toList();
    if (shifts.contains(OptionalInt.empty()) || !shifts.contains(OptionalInt.of(0))) {
      throw site.unsupported("int16 scales that are powers of two, " + types.get(0).scale() + " and "
          + types.get(1).scale() + ", must be, with pot_scale_int16, the result's, " + node.type().scale()
          + ", and one that is 1 to 2^-15 times it");
    }
    if (function == BinaryFunction.SHIFTED_ADD && !types.get(0).shape().toNhwc().equals(types.get(1).shape().toNhwc())) {
      throw site.unsupported("int16 operands whose scales are powers of two have shapes "
          + FileTensor.bracketed(types.get(0).shape()) + " and " + FileTensor.bracketed(types.get(1).shape())
          + " (must be the same with pot_scale_int16: TFLite's kernel does not broadcast)");
    }
  }

  static Node div(OperatorSite site) {
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

  /** Operand 1 is the slope below zero, int8 beside int16; the result has the shape of operand 0. */
  static Node prelu(OperatorSite site) {
    site.requireOperands(2, 2);
    ElementType x = site.activation(0).type().element();
    ElementType slope = x == ElementType.I16 ? ElementType.I8 : x;
    Node node = build(site, Optional.empty(), of(BinaryFunction.PRELU), slope);
    site.requireResultShape(node.operand(0).type().shape().dims());
    return node;
  }

  private static Node build(OperatorSite site, Optional<FlatTable> options, BiFunction<Clamp, Rounding, Op> op) {
    site.requireOperands(2, 2);
    return build(site, options, op, site.activation(0).type().element());
  }

  private static Node build(
      OperatorSite site, Optional<FlatTable> options, BiFunction<Clamp, Rounding, Op> op, ElementType second) {
    Node a = site.activation(0);
    Node b = site.activation(1);
    site.requireResultElement(a);
    site.requireElement(b, second);
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
