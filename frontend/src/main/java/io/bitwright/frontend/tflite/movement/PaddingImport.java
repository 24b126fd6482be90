package io.bitwright.frontend.tflite.movement;

import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * PAD and PADV2; operand 1 holds the counts before and after each dimension, [rank, 2].
 *
 * <p>Source: tensorflow/lite/kernels/pad.cc.
 */
public final class PaddingImport {
  private PaddingImport() {}

  /** Padding with real zero. */
  public static Node pad(OperatorSite site) {
    site.requireOperands(2, 2);
    return padded(site, OptionalDouble.empty());
  }

  /** Padding with a constant, operand 2, of the operand's type and quantisation. */
  public static Node padV2(OperatorSite site) {
    site.requireOperands(3, 3);
    Node x = site.activation(0);
    Node value = site.activation(2);
    if (!value.isConstant()) {
      throw site.unsupported("the value '" + value.name() + "' must be constant");
    }
    if (value.type().shape().elements() != 1) {
      throw site.badShape("the value '" + value.name() + "' has shape " + FileTensor.bracketed(value.type().shape())
          + " (must have 1 element)");
    }
    site.requireElement(value, x.type().element());
    if (!value.type().quantization().equals(x.type().quantization())) {
      throw site.badQuantization("cannot be padded with '" + value.name() + "', which is quantised in another way");
    }
    boolean real = x.type().isFloat();
    double code = real ? value.constant().real(0) : value.constant().code(0);
    if (Double.isNaN(code)) {
      throw site.unsupported("the value '" + value.name() + "' is no number");
    }
    boolean zero = code == (real ? 0 : x.type().zeroPoint());
    return padded(site, zero ? OptionalDouble.empty() : OptionalDouble.of(code));
  }

  private static Node padded(OperatorSite site, OptionalDouble value) {
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
    return site.node(new Op.Pad(before, after, value), x);
  }

  private static int count(OperatorSite site, long count) {
    if (count < 0 || count > Limits.WINDOW_PIXELS) {
      throw site.unsupported("a padding of " + count + " is not supported (must be 0 to " + Limits.WINDOW_PIXELS + ")");
    }
    return (int) count;
  }
}
