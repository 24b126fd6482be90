package io.bitwright.frontend.tflite;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.ElementCodes;
import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.schema.Slots;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One operator of the file as its importer sees it: operands as nodes, the declared result, and the checks that all
 * operators share. All methods throw {@link DiagnosticException} where the file does not hold what they ask for.
 */
final class OperatorSite {
  private final SubgraphImport graph;
  private final FlatTable table;
  private final String name;
  private final int index;
  private final int[] inputs;
  private final int output;

  /**
   * An operator with one result.
   *
   * @param name  the schema's name of the operator
   * @param index  its place in execution order
   * @param inputs  tensor numbers, -1 for an operand left out
   */
  OperatorSite(SubgraphImport graph, FlatTable table, String name, int index, int[] inputs, int output) {
    this.graph = graph;
    this.table = table;
    this.name = name;
    this.index = index;
    this.inputs = inputs.clone();
    this.output = output;
  }

  /** Ends an operator because of a finding that was already reported. */
  static DiagnosticException alreadyReported() {
    return new DiagnosticException(List.of());
  }

  String name() {
    return name;
  }

  SourceLocation location() {
    return graph.tensors().location(output);
  }

  DiagnosticException error(DiagnosticId id, Object... arguments) {
    return DiagnosticException.of(id, location(), arguments);
  }

  /** An attribute, or a combination of operands, that is not supported. */
  DiagnosticException unsupported(String what) {
    return error(DiagnosticId.UNSUPPORTED_ATTRIBUTE, name, what);
  }

  DiagnosticException badShape(String what) {
    return error(DiagnosticId.BAD_SHAPE, "operator " + name + ": " + what);
  }

  /**
   * The operator's options.
   *
   * @param type  number in the schema's union of options
   * @return nothing where the file leaves them out
   */
  Optional<FlatTable> options(int type) {
    int found = table.u8(Slots.OPERATOR_OPTIONS_TYPE, 0);
    if (found != type && found != 0) {
      throw error(DiagnosticId.MALFORMED_FILE,
          "operator " + name + " has options of type " + found + " (must be " + type + ")");
    }
    return found == 0 ? Optional.empty() : table.table(Slots.OPERATOR_OPTIONS);
  }

  /** The operator's options where they cannot be left out. */
  FlatTable requiredOptions(int type) {
    return options(type).orElseThrow(() -> unsupported("it has no options"));
  }

  int operands() {
    return inputs.length;
  }

  void requireOperands(int fewest, int most) {
    if (inputs.length < fewest || inputs.length > most) {
      String wanted = fewest == most ? String.valueOf(fewest) : fewest + " to " + most;
      throw unsupported("it has " + inputs.length + " operands (must have " + wanted + ")");
    }
  }

  boolean has(int operand) {
    return operand < inputs.length && inputs[operand] >= 0;
  }

  private int tensor(int operand) {
    if (!has(operand)) {
      throw unsupported("operand " + operand + " is missing");
    }
    return inputs[operand];
  }

  /** Declared shape of an operand. */
  Shape operandShape(int operand) {
    return graph.tensors().get(tensor(operand)).shape();
  }

  /** An operand that is a feature map: f32, or 8 bits quantised as a whole; computed or constant. */
  Node feature(int operand) {
    graph.tensors().feature(tensor(operand));
    return graph.feature(tensor(operand));
  }

  /** Constant weights whose output channels are the indices of {@code axis}. */
  Node weights(int operand, int axis) {
    requireConstant(operand, "the weights");
    return graph.tensors().weightsConstant(tensor(operand), axis);
  }

  /** A constant bias of so many channels: i32, or f32 beside f32 weights; its own quantisation is not looked at. */
  Node bias(int operand, int channels, boolean isFloat) {
    requireConstant(operand, "the bias");
    Node bias = graph.tensors().plainConstant(tensor(operand));
    requireElement(bias, isFloat ? ElementType.F32 : ElementType.I32);
    if (bias.type().shape().elements() != channels) {
      throw badShape(
          "the bias has shape " + FileTensor.bracketed(bias.type().shape()) + " (must be [" + channels + "])");
    }
    Shape flat = Shape.of(channels);
    return bias.type().shape().equals(flat) ? bias : bias.replacedBy(bias.op(), List.of(), bias.type().withShape(flat));
  }

  private void requireConstant(int operand, String what) {
    if (graph.isRefused(tensor(operand))) {
      throw alreadyReported();
    }
    if (!graph.tensors().hasData(tensor(operand))) {
      throw unsupported(what + " '" + graph.tensors().name(tensor(operand)) + "' must be constant");
    }
  }

  /** A short constant of integers, from the file or folded: a shape, axes, paddings. */
  Node integers(int operand) {
    if (graph.isRefused(tensor(operand))) {
      throw alreadyReported();
    }
    Node node = graph.plain(tensor(operand));
    if (!node.isConstant()) {
      throw unsupported("operand '" + node.name() + "' must be constant, or computed from shapes");
    }
    if (node.type().element() != ElementType.I32 && node.type().element() != ElementType.I64) {
      throw typeError(node, "int32 or int64");
    }
    if (node.type().shape().elements() > Limits.FOLDED_ELEMENTS) {
      throw error(DiagnosticId.TOO_LARGE, "operand '" + node.name() + "' of " + name,
          node.type().shape().elements() + " elements", Limits.FOLDED_ELEMENTS);
    }
    return node;
  }

  /** Declared element type of the result. */
  ElementType resultElement() {
    return graph.tensors().get(output).element();
  }

  /** The result as a feature map. */
  TensorType result() {
    return graph.tensors().feature(output);
  }

  /** Refuses an operand that has another element type than the one given. */
  void requireElement(Node operand, ElementType element) {
    if (operand.type().element() != element) {
      throw typeError(operand, ElementCodes.name(element) + " as an operand of this " + name);
    }
  }

  /** Refuses a result that has another element type than the operand. */
  void requireResultElement(Node operand) {
    if (result().element() != operand.type().element()) {
      throw error(DiagnosticId.UNSUPPORTED_TYPE, graph.tensors().name(output),
          ElementCodes.name(result().element()), ElementCodes.name(operand.type().element()) + " as the operand is");
    }
  }

  private static DiagnosticException typeError(Node operand, String wanted) {
    return DiagnosticException.of(DiagnosticId.UNSUPPORTED_TYPE, operand.location(), operand.name(),
        ElementCodes.name(operand.type().element()), wanted);
  }

  /** Refuses a result whose scale, zero point or element type is not the operand's: the operator copies codes. */
  void requireSameQuantization(Node operand) {
    requireResultElement(operand);
    if (!result().quantization().equals(operand.type().quantization())) {
      throw badQuantization("is " + described(result()) + ", operand '" + operand.name() + "' is "
          + described(operand.type()) + " (" + name + " needs the same)");
    }
  }

  DiagnosticException badQuantization(String what) {
    return error(DiagnosticId.BAD_QUANTIZATION, graph.tensors().name(output), what);
  }

  private static String described(TensorType type) {
    return type.isFloat()
        ? "not quantised"
        : "quantised with scale " + type.scale() + ", zero point " + type.zeroPoint();
  }

  /** Refuses a result of another shape than the operator computes. */
  void requireResultShape(List<Integer> computed) {
    Shape declared = graph.tensors().get(output).shape();
    if (!declared.dims().equals(computed)) {
      throw badShape("its result has shape " + FileTensor.bracketed(declared) + " (must be " + computed + ")");
    }
  }

  void requireRank(Node operand, int rank) {
    if (operand.type().shape().rank() != rank) {
      throw badShape("'" + operand.name() + "' has shape " + FileTensor.bracketed(operand.type().shape())
          + " (must have rank " + rank + ")");
    }
  }

  /** {@code axis} of a shape of this rank, counted from the end where negative. */
  int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw badShape("axis " + axis + " is not one of a tensor of rank " + rank);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** The node of the result, a feature map. */
  Node node(Op op, Node... operands) {
    return new Node(op, Arrays.asList(operands), result(), location().node(), location(), List.of(index));
  }

  /** The node of a result known at import. */
  Node folded(TensorData data) {
    TensorType type = graph.tensors().plain(output);
    String tensorName = location().node();
    return new Node(new Op.Constant(tensorName, data), List.of(), type, tensorName, location(), List.of(index));
  }

  /** A node between an operand and the operator, which no operator of the file has. */
  Node inserted(Op op, Node operand, TensorType type) {
    return new Node(op, List.of(operand), type, operand.name(), location(), List.of());
  }
}
