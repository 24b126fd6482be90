package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.fold.Attributes;
import io.bitwright.frontend.onnx.fold.Shapes;
import io.bitwright.frontend.onnx.movement.ViewImport;
import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.proto.TensorMessage;
import io.bitwright.frontend.onnx.site.ConstantTable;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Constant and ConstantOfShape; and the operators of shape arithmetic, which folding takes where it can. */
final class ConstantImport {
  private ConstantImport() {}

  static Tensor constant(OperatorSite site, ConstantTable constants) {
    Attributes attributes = site.attributes();
    String name = site.resultName(0);
    Optional<TensorMessage> tensor = attributes.tensor("value");
    if (tensor.isPresent()) {
      return constants.decode(tensor.get(), name, site.location());
    } else if (attributes.has("value_float")) {
      return Array.ofReals(name, List.of(), attributes.real("value_float", 0));
    } else if (attributes.has("value_int")) {
      return Array.ofIntegers(name, List.of(attributes.integer("value_int", 0))).reshaped(List.of());
    } else if (attributes.has("value_floats")) {
      List<Float> values = attributes.reals("value_floats").orElseThrow();
      float[] reals = new float[values.size()];
      for (int i = 0; i < reals.length; i++) {
        reals[i] = values.get(i);
      }
      return Array.ofReals(name, List.of(reals.length), reals);
    } else if (attributes.has("value_ints")) {
      return Array.ofIntegers(name, attributes.integers("value_ints").orElseThrow());
    }
    throw site.unsupported("it has none of the attributes value, value_float, value_floats, value_int, value_ints");
  }

  static Tensor ofShape(OperatorSite site, ConstantTable constants) {
    List<Integer> dims = Shapes.checked(Arrays.stream(site.constant(0, "the shape").integers()).boxed().toList());
    Array value = site.attributes().tensor("value").map(t -> constants.decode(t, "value", site.location()))
        .orElseGet(() -> Array.ofReals("value", List.of(1), 0));
    if (value.data().elements() != 1) {
      throw site.badShape("attribute value has " + value.data().elements() + " elements (must have 1)");
    }
    int[] positions = new int[dims.stream().reduce(1, Math::multiplyExact)];
    return constants.counted(value.picked(dims, positions), site.location()).named(site.resultName(0));
  }

  /** To reals from codes that stand for themselves and from sums of products; or to the same again. */
  static Tensor cast(OperatorSite site) {
    Feature x = site.any(0);
    long to = site.attributes().integer("to", 0);
    site.attributes().ignore("saturate");
    boolean index = x.type() == DataType.INT32 && to == DataType.INT64.ordinal(); // indices are int32 here
    if (to == x.type().ordinal() || index) {
      return ViewImport.identity(site);
    }
    if (to != DataType.FLOAT.ordinal()) {
      throw site.unsupported("it casts " + x.type().text() + " that depends on an input to data type " + to
          + " (must be float)");
    }
    TensorType type = x.node().type();
    if (!type.isPerTensor() || type.scale() != 1 || type.zeroPoint() != 0) {
      throw site.unsupported("it casts " + x.type().text() + " with another scale than 1 or a zero point, or an index");
    }
    return site.result(new Op.Dequantize(), List.of(x.node()), type.shape().dims(), x.view());
  }

  /** What is left to an operator that only folding knows. */
  static Tensor unknown(OperatorSite site) {
    throw site.unsupported(
        "an operand depends on the network's inputs (all must be constants, or computed from shapes)");
  }
}
