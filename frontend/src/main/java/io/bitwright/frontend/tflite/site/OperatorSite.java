package io.bitwright.frontend.tflite.site;

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
public final class OperatorSite {
  private final TensorNodes graph;
  private final FlatTable table;
  private final String name;
  private final int index;
  private final int[] inputs;
  private final int[] outputs;

  /**
   * An operator with at least one result.
   *
   * @param graph  the nodes of its operands
   * @param name  the schema's name of the operator
   * @param index  its place in execution order
   * @param inputs  tensor numbers, -1 for an operand left out
   * @param outputs  tensor numbers
   */
  public OperatorSite(TensorNodes graph, FlatTable table, String name, int index, int[] inputs, int[] outputs) {
    this.graph = graph;
    this.table = table;
    this.name = name;
    this.index = index;
    this.inputs = inputs.clone();
    this.outputs = outputs.clone();
  }

  /** Ends an operator because of a finding that was already reported. */
  public static DiagnosticException alreadyReported() {
    return new DiagnosticException(List.of());
  }

  public String name() {
    return name;
  }

  /** Of the first result. */
  public SourceLocation location() {
    return graph.tensors().location(outputs[0]);
  }

  public DiagnosticException error(DiagnosticId id, Object... arguments) {
    return DiagnosticException.of(id, location(), arguments);
  }

  /** An attribute, or a combination of operands, that is not supported. */
  public DiagnosticException unsupported(String what) {
    return error(DiagnosticId.UNSUPPORTED_ATTRIBUTE, name, what);
  }

  public DiagnosticException badShape(String what) {
    return error(DiagnosticId.BAD_SHAPE, "operator " + name + ": " + what);
  }

  /**
   * The operator's options.
   *
   * @param type  number in the schema's union of options
   * @return nothing where the file leaves them out
   */
  public Optional<FlatTable> options(int type) {
    int found = table.u8(Slots.OPERATOR_OPTIONS_TYPE, 0);
    if (found != type && found != 0) {
      throw error(DiagnosticId.MALFORMED_FILE,
          "operator " + name + " has options of type " + found + " (must be " + type + ")");
    }
    return found == 0 ? Optional.empty() : table.table(Slots.OPERATOR_OPTIONS);
  }

  /** The operator's options where they cannot be left out. */
  public FlatTable requiredOptions(int type) {
    return options(type).orElseThrow(() -> unsupported("it has no options"));
  }

  public int operands() {
    return inputs.length;
  }

  public void requireOperands(int fewest, int most) {
    if (inputs.length < fewest || inputs.length > most) {
      String wanted = fewest == most ? String.valueOf(fewest) : fewest + " to " + most;
      throw unsupported("it has " + inputs.length + " operands (must have " + wanted + ")");
    }
  }

  public int results() {
    return outputs.length;
  }

  public void requireResults(int fewest, int most) {
    if (outputs.length < fewest || outputs.length > most) {
      String wanted = fewest == most ? String.valueOf(fewest) : fewest + " to " + most;
      throw error(DiagnosticId.MALFORMED_FILE,
          "operator " + name + " has " + outputs.length + " results (must have " + wanted + ")");
    }
  }

  public boolean has(int operand) {
    return operand < inputs.length && inputs[operand] >= 0;
  }

  private int tensor(int operand) {
    if (!has(operand)) {
      throw unsupported("operand " + operand + " is missing");
    }
    return inputs[operand];
  }

  /** Declared shape of an operand. */
  public Shape operandShape(int operand) {
    return graph.tensors().get(tensor(operand)).shape();
  }

  /** An operand that is a feature map: f32, or 8 bits quantised as a whole; computed or constant. */
  public Node feature(int operand) {
    Node node = activation(operand);
    if (node.type().element() == ElementType.I16) {
      throw typeError(node, "float32, int8 or uint8 as an operand of " + name);
    }
    return node;
  }

  /** An operand that is a feature map, of 16 bits too: for the operators that TFLite has such a kernel of. */
  public Node activation(int operand) {
    graph.tensors().feature(tensor(operand));
    return graph.feature(tensor(operand));
  }

  /**
   * Constant weights whose output channels are the indices of {@code axis}.
   *
   * @param isFloat  whether activations are f32; int8 weights become f32 then
   */
  public Node weights(int operand, int axis, boolean isFloat) {
    requireConstant(operand, "the weights");
    int weights = tensor(operand);
    if (graph.folded(weights).isPresent()) {
      return graph.folded(weights).get();
    }
    return isFloat && graph.tensors().get(weights).element() == ElementType.I8 ? graph.reals().weights(weights, axis)
        : graph.tensors().weightsConstant(weights, axis);
  }

  /** Whether an operand is a constant that {@link #dequantised} takes. */
  public boolean isNarrowConstant(int operand) {
    int tensor = tensor(operand);
    return graph.tensors().hasData(tensor)
        && (graph.tensors().half(tensor).isPresent() || graph.tensors().get(tensor).element().is8Bit());
  }

  /** A constant of float16 or 8 bits as the f32 that it stands for: the node of the result. */
  public Node dequantised(int operand) {
    int tensor = tensor(operand);
    requireResultShape(graph.tensors().half(tensor).orElseGet(() -> graph.tensors().get(tensor)).shape().dims());
    return folded(graph.reals().dequantised(tensor));
  }

  /** A constant bias of so many channels and some element type; its own quantisation is not looked at. */
  public Node bias(int operand, int channels, ElementType element) {
    requireConstant(operand, "the bias");
    Node bias = graph.folded(tensor(operand)).orElseGet(() -> graph.tensors().plainConstant(tensor(operand)));
    requireElement(bias, element);
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
    if (!graph.tensors().hasData(tensor(operand)) && graph.folded(tensor(operand)).isEmpty()) {
      throw unsupported(what + " '" + graph.tensors().name(tensor(operand)) + "' must be constant");
    }
  }

  /** A short constant of integers, from the file or folded: a shape, axes, paddings. */
  public Node integers(int operand) {
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

  /** A constant of one integer: an axis, a stride. */
  public long singleInteger(int operand) {
    Node node = integers(operand);
    if (node.type().shape().elements() != 1) {
      throw badShape("operand '" + node.name() + "' has shape " + FileTensor.bracketed(node.type().shape())
          + " (must be [1])");
    }
    return node.constant().code(0);
  }

  /** Takes from what the import may hold of indices that the file has in short form. */
  public void claimIndices(int count) {
    if (!graph.budget().takeIndices(count)) {
      throw error(DiagnosticId.TOO_LARGE, "the number of indices of " + name + " and the operators before", "more",
          Limits.INDICES);
    }
  }

  /** Declared element type of the result. */
  public ElementType resultElement() {
    return graph.tensors().get(outputs[0]).element();
  }

  /** The only result as a feature map. */
  public TensorType result() {
    return result(0);
  }

  /** A result as a feature map. */
  public TensorType result(int result) {
    return graph.tensors().feature(outputs[result]);
  }

  /** Refuses an operand that has another element type than the one given. */
  public void requireElement(Node operand, ElementType element) {
    if (operand.type().element() != element) {
      throw typeError(operand, ElementCodes.name(element) + " as an operand of this " + name);
    }
  }

  /** Refuses an operand that has none of the element types given. */
  public void requireElement(Node operand, List<ElementType> accepted) {
    if (!accepted.contains(operand.type().element())) {
      List<String> names = accepted.stream().map(ElementCodes::name).toList();
      int last = names.size() - 1;
      String all = last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
      throw typeError(operand, all + " as an operand of " + name);
    }
  }

  /** Refuses a first result that has another element type than the operand. */
  public void requireResultElement(Node operand) {
    requireResultElement(0, operand);
  }

  private void requireResultElement(int result, Node operand) {
    ElementType element = result(result).element();
    if (element != operand.type().element()) {
      throw error(DiagnosticId.UNSUPPORTED_TYPE, graph.tensors().name(outputs[result]),
          ElementCodes.name(element), ElementCodes.name(operand.type().element()) + " as the operand is");
    }
  }

  private static DiagnosticException typeError(Node operand, String wanted) {
    return DiagnosticException.of(DiagnosticId.UNSUPPORTED_TYPE, operand.location(), operand.name(),
        ElementCodes.name(operand.type().element()), wanted);
  }

  /** Refuses a first result whose scale, zero point or element type is not the operand's: the operator copies codes. */
  public void requireSameQuantization(Node operand) {
    requireSameQuantization(0, operand);
  }

  /** Refuses a result whose scale, zero point or element type is not the operand's. */
  public void requireSameQuantization(int result, Node operand) {
    requireResultElement(result, operand);
    if (!result(result).quantization().equals(operand.type().quantization())) {
      throw error(DiagnosticId.BAD_QUANTIZATION, graph.tensors().name(outputs[result]), "is "
          + described(result(result)) + ", operand '" + operand.name() + "' is " + described(operand.type()) + " ("
          + name + " needs the same)");
    }
  }

  /** Something is wrong with the first result's quantisation. */
  public DiagnosticException badQuantization(String what) {
    return error(DiagnosticId.BAD_QUANTIZATION, graph.tensors().name(outputs[0]), what);
  }

  private static String described(TensorType type) {
    return type.isFloat()
        ? "not quantised"
        : "quantised with scale " + type.scale() + ", zero point " + type.zeroPoint();
  }

  /** Refuses a first result of another shape than the operator computes. */
  public void requireResultShape(List<Integer> computed) {
    requireResultShape(0, computed);
  }

  /** Refuses a result of another shape than the operator computes. */
  public void requireResultShape(int result, List<Integer> computed) {
    Shape declared = graph.tensors().get(outputs[result]).shape();
    if (!declared.dims().equals(computed)) {
      throw badShape("its result has shape " + FileTensor.bracketed(declared) + " (must be " + computed + ")");
    }
  }

  public void requireRank(Node operand, int rank) {
    if (operand.type().shape().rank() != rank) {
      throw badShape("'" + operand.name() + "' has shape " + FileTensor.bracketed(operand.type().shape())
          + " (must have rank " + rank + ")");
    }
  }

  /** {@code axis} of a shape of this rank, counted from the end where negative. */
  public int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw badShape("axis " + axis + " is not one of a tensor of rank " + rank);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** The node of the first result, a feature map. */
  public Node node(Op op, Node... operands) {
    return node(0, op, operands);
  }

  /** The node of a result, a feature map. */
  public Node node(int result, Op op, Node... operands) {
    SourceLocation place = graph.tensors().location(outputs[result]);
    return new Node(op, Arrays.asList(operands), result(result), place.node(), place, List.of(index));
  }

  /** The node of a result of indices, which are i32 whatever integer type the file declares. */
  public Node indexNode(Op op, Node operand) {
    if (resultElement() != ElementType.I32 && resultElement() != ElementType.I64) {
      throw error(DiagnosticId.UNSUPPORTED_TYPE, graph.tensors().name(outputs[0]),
          ElementCodes.name(resultElement()), "int32 or int64");
    }
    TensorType type = TensorType.plain(graph.tensors().get(outputs[0]).shape(), ElementType.I32);
    return new Node(op, List.of(operand), type, location().node(), location(), List.of(index));
  }

  /** The node of a result known at import. */
  public Node folded(TensorData data) {
    TensorType type = graph.tensors().plain(outputs[0]);
    String tensorName = location().node();
    return new Node(new Op.Constant(tensorName, data), List.of(), type, tensorName, location(), List.of(index));
  }

  /** A node between an operand and the operator, which no operator of the file has. */
  public Node inserted(Op op, Node operand, TensorType type) {
    return new Node(op, List.of(operand), type, operand.name(), location(), List.of());
  }
}
