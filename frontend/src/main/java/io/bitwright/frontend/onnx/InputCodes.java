package io.bitwright.frontend.onnx;

import io.bitwright.frontend.onnx.proto.GraphMessage;
import io.bitwright.frontend.onnx.proto.NodeMessage;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Quantization.PerTensor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the codes of an 8-bit input of the network mean: the file says so at the first operator that takes them with a
 * scale, behind those that only move them.
 */
final class InputCodes {
  private static final PerTensor THEMSELVES = new PerTensor(1, 0);
  private static final Set<String> KEEPING = Set.of("Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze",
      "Identity", "Dropout", "DepthToSpace", "SpaceToDepth", "Split", "Slice", "Gather", "Pad", "MaxPool",
      "GlobalMaxPool", "Concat", "Clip", "Relu");

  private final GraphMessage graph;
  private final Function<String, Optional<Array>> constants;

  /** {@code constants} gives the contents of those tensors that are known without computing anything. */
  InputCodes(GraphMessage graph, Function<String, Optional<Array>> constants) {
    this.graph = graph;
    this.constants = constants;
  }

  /** Codes that no operator gives a scale stand for themselves. */
  PerTensor of(String input, ElementType element) {
    Set<String> reached = new HashSet<>(Set.of(input));
    for (NodeMessage node : graph.nodes()) {
      for (int i = 0; i < node.inputs().size(); i++) {
        if (reached.contains(node.inputs().get(i))) {
          Optional<PerTensor> found = at(node, i, element);
          if (found.isPresent()) {
            return found.get();
          } else if (KEEPING.contains(node.type())) {
            reached.addAll(node.outputs());
          }
        }
      }
    }
    return THEMSELVES;
  }

  /** The quantisation that an operator states for one of its operands. */
  private Optional<PerTensor> at(NodeMessage node, int operand, ElementType element) {
    return switch (node.type()) {
      case "DequantizeLinear" -> operand == 0 ? read(node, 1, 2, element) : Optional.empty();
      case "ConvInteger", "MatMulInteger" -> operand == 0 ? read(node, -1, 2, element) : Optional.empty();
      case "QLinearConcat" -> operand >= 2 && operand % 3 == 2 ? read(node, operand + 1, operand + 2, element)
          : Optional.empty();
      default -> (node.type().startsWith("QLinear") || node.type().equals("QGemm")) && operand % 3 == 0 && operand <= 3
          ? read(node, operand + 1, operand + 2, element) : Optional.empty();
    };
  }

  /** A scale, 1 where it has no place, and a zero point, 0 where it is left out. */
  private Optional<PerTensor> read(NodeMessage node, int scale, int zeroPoint, ElementType element) {
    Optional<Float> real = scale < 0 ? Optional.of(1f) : constant(node.inputs(), scale).map(a -> a.real(0));
    boolean omitted = zeroPoint >= node.inputs().size() || node.inputs().get(zeroPoint).isEmpty();
    Optional<Long> zero = omitted ? Optional.of(0L) : constant(node.inputs(), zeroPoint).map(a -> a.integer(0));
    boolean legal = real.filter(s -> s > 0 && Float.isFinite(s)).isPresent()
        && zero.filter(z -> z >= element.min() && z <= element.max()).isPresent();
    return legal ? Optional.of(new PerTensor(real.get(), zero.get().intValue())) : Optional.empty();
  }

  private Optional<Array> constant(List<String> names, int place) {
    return place >= names.size() ? Optional.empty()
        : constants.apply(names.get(place)).filter(a -> a.data().elements() == 1);
  }
}
