package io.bitwright.frontend.onnx.qdq;

import io.bitwright.frontend.onnx.tensor.Codes;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/** A bias as codes of the accumulator: multiples of input scale times weight scale. */
record BiasCodes(float input, Codes weights) {
  private static final double TOLERANCE = 1e-5;

  /**
   * The constant node.
   *
   * @param codes  what the bias was dequantised from; null where it was a constant of reals
   * @return empty where a code exceeds 32 bits
   */
  Optional<Node> of(Node bias, Codes codes) {
    int[] values = new int[bias.constant().elements()];
    for (int i = 0; i < values.length; i++) {
      double scale = (double) input * weights.scales().get(weights.scales().size() == 1 ? 0 : i);
      boolean own = codes != null && codes.zeroPoint() == 0 && codes.data().element() == ElementType.I32
          && Math.abs(codes.scales().get(codes.scales().size() == 1 ? 0 : i) / scale - 1) < TOLERANCE;
      double code = own ? codes.data().code(i) : Math.rint(bias.constant().real(i) / scale);
      if (!(Math.abs(code) <= Integer.MAX_VALUE)) {
        return Optional.empty();
      }
      values[i] = (int) code;
    }
    TensorType type = TensorType.plain(bias.type().shape(), ElementType.I32);
    return Optional.of(new Node(new Op.Constant(bias.name(), TensorData.ofInts(values)), List.of(), type, bias.name(),
        bias.location(), List.of()));
  }
}
