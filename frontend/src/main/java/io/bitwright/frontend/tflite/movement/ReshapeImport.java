package io.bitwright.frontend.tflite.movement;

import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * RESHAPE, SQUEEZE and EXPAND_DIMS: the same elements, codes and quantisation under another shape.
 *
 * <p>Source: tensorflow/lite/kernels/reshape.cc, squeeze.cc and expand_dims.cc.
 */
public final class ReshapeImport {
  private static final int RESHAPE_OPTIONS = 17;
  private static final int SQUEEZE_OPTIONS = 30;

  private ReshapeImport() {}

  /** The new shape is operand 1, or, where that is left out, in the options; one -1 in it stands for the rest. */
  public static Node reshape(OperatorSite site) {
    site.requireOperands(1, 2);
    Node x = site.activation(0);
    site.requireSameQuantization(x);
    long[] wanted = site.has(1) ? site.integers(1).constant().codes() : shapeInOptions(site);
    site.requireResultShape(resolved(site, wanted, x.type().shape()));
    return site.node(new Op.Reshape(), x);
  }

  private static long[] shapeInOptions(OperatorSite site) {
    FlatVector shape = site.requiredOptions(RESHAPE_OPTIONS).vector(0, 4);
    // Old writers say [0] for a scalar.
    boolean isScalar = shape.count() == 1 && shape.i32(0) == 0;
    return isScalar ? new long[0] : Arrays.stream(shape.ints()).asLongStream().toArray();
  }

  private static List<Integer> resolved(OperatorSite site, long[] wanted, Shape from) {
    List<Integer> dims = new ArrayList<>();
    int stretched = -1;
    long elements = 1;
    for (long dim : wanted) {
      if (dim == -1 && stretched < 0) {
        stretched = dims.size();
        dims.add(1);
      } else if (dim < 1 || dim > Integer.MAX_VALUE || elements > Integer.MAX_VALUE) {
        throw site.badShape("the new shape " + Arrays.toString(wanted) + " is none");
      } else {
        dims.add((int) dim);
        elements *= dim;
      }
    }
    if (stretched >= 0 && elements <= from.elements()) {
      dims.set(stretched, (int) (from.elements() / elements));
      elements *= dims.get(stretched);
    }
    if (elements != from.elements()) {
      throw site.badShape("shape " + FileTensor.bracketed(from) + " cannot become " + Arrays.toString(wanted));
    }
    return dims;
  }

  /** Removes the dimensions that the options list, or, where they list none, all of size 1. */
  public static Node squeeze(OperatorSite site) {
    site.requireOperands(1, 1);
    Node x = site.activation(0);
    site.requireSameQuantization(x);
    Shape shape = x.type().shape();
    Set<Integer> removed = new TreeSet<>();
    FlatVector listed = site.options(SQUEEZE_OPTIONS).map(o -> o.vector(0, 4)).orElseGet(FlatVector::none);
    for (int axis : listed.ints()) {
      removed.add(site.axis(axis, shape.rank()));
    }
    List<Integer> computed = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      boolean isRemoved = listed.count() == 0 ? shape.dim(i) == 1 : removed.contains(i);
      if (!isRemoved) {
        computed.add(shape.dim(i));
      } else if (shape.dim(i) != 1) {
        throw site.badShape("dimension " + i + " of shape " + FileTensor.bracketed(shape) + " is not of size 1");
      }
    }
    site.requireResultShape(computed);
    return site.node(new Op.Reshape(), x);
  }

  /** A dimension of size 1 before dimension {@code axis} of the operand, operand 1; -1 puts it last. */
  public static Node expandDims(OperatorSite site) {
    site.requireOperands(2, 2);
    Node x = site.activation(0);
    site.requireSameQuantization(x);
    List<Integer> computed = new ArrayList<>(x.type().shape().dims());
    computed.add(site.axis(site.singleInteger(1), computed.size() + 1), 1);
    site.requireResultShape(computed);
    return site.node(new Op.Reshape(), x);
  }
}
