package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * ADD and MUL of two feature maps, either of which may be constant; dimensions of size 1 and missing leading ones
 * broadcast.
 *
 * <p>Source: tensorflow/lite/kernels/add.cc, mul.cc, and CalculateShapeForBroadcast in kernel_util.cc.
 */
final class ArithmeticImport {
  private static final int ADD_OPTIONS = 11;
  private static final int MUL_OPTIONS = 21;

  private ArithmeticImport() {}

  static Node add(OperatorSite site) {
    return build(site, site.options(ADD_OPTIONS), Op.Add::new);
  }

  static Node mul(OperatorSite site) {
    return build(site, site.options(MUL_OPTIONS), Op.Mul::new);
  }

  private static Node build(OperatorSite site, Optional<FlatTable> options, BiFunction<Clamp, Rounding, Op> op) {
    site.requireOperands(2, 2);
    Node a = site.feature(0);
    Node b = site.feature(1);
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
