package io.bitwright.frontend.onnx.site;

import io.bitwright.frontend.onnx.fold.Attributes;
import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.proto.NodeMessage;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Codes;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operator of the file as its importer sees it: operands, attributes, and the nodes it makes. Methods throw
 * {@link DiagnosticException} or {@link IllegalArgumentException} where the file does not hold what they ask for.
 */
public final class OperatorSite {
  private final NodeMessage message;
  private final int index;
  private final long opset;
  private final SourceLocation location;
  private final List<Optional<Tensor>> operands;
  private final Attributes attributes;
  private final Map<Node, Codes> codes;

  /**
   * An operator whose operands are known.
   *
   * @param index  its place in the file
   * @param operands  absent where they are left out
   * @param codes  takes what constants were dequantised from
   */
  public OperatorSite(NodeMessage message, int index, long opset, SourceLocation location,
      List<Optional<Tensor>> operands,
      Map<Node, Codes> codes) {
    this(message, index, opset, location, operands, codes, new Attributes(message.attributes()));
  }

  private OperatorSite(NodeMessage message, int index, long opset, SourceLocation location,
      List<Optional<Tensor>> operands, Map<Node, Codes> codes, Attributes attributes) {
    this.codes = codes;
    this.message = message;
    this.index = index;
    this.opset = opset;
    this.location = location;
    this.operands = operands;
    this.attributes = attributes;
  }

  /** The same operator on other operands; attributes that it takes are taken here too. */
  public OperatorSite on(List<Optional<Tensor>> others) {
    return new OperatorSite(message, index, opset, location, others, codes, attributes);
  }

  /** Ends an operator because of a finding that was already reported. */
  public static DiagnosticException alreadyReported() {
    return new DiagnosticException(List.of());
  }

  public String name() {
    return message.type();
  }

  public SourceLocation location() {
    return location;
  }

  public String resultName(int result) {
    return message.outputs().isEmpty() ? "" : message.outputs().get(result);
  }

  public long opset() {
    return opset;
  }

  public Attributes attributes() {
    return attributes;
  }

  public List<Optional<Tensor>> operands() {
    return operands;
  }

  public int results() {
    return message.outputs().size();
  }

  /** Whether anything reads a result. */
  public boolean isUsed(int result) {
    return result < message.outputs().size() && !message.outputs().get(result).isEmpty();
  }

  public DiagnosticException error(DiagnosticId id, Object... arguments) {
    return DiagnosticException.of(id, location, arguments);
  }

  /** An attribute, or a combination of operands, that is not supported. */
  public DiagnosticException unsupported(String what) {
    return error(DiagnosticId.UNSUPPORTED_ATTRIBUTE, name(), what);
  }

  public DiagnosticException badShape(String what) {
    return error(DiagnosticId.BAD_SHAPE, "operator " + name() + ": " + what);
  }

  /** Refuses an operand count. */
  public void requireOperands(int fewest, int most) {
    if (operands.size() < fewest || operands.size() > most) {
      String wanted = fewest == most ? String.valueOf(fewest) : fewest + " to " + most;
      throw unsupported("it has " + operands.size() + " operands (must have " + wanted + ")");
    }
  }

  /** Refuses a result beside the first. */
  public void requireOneResult(String others) {
    for (int i = 1; i < results(); i++) {
      if (isUsed(i)) {
        throw unsupported("its result '" + message.outputs().get(i) + "', " + others + ", is not supported");
      }
    }
  }

  public boolean has(int operand) {
    return operand < operands.size() && operands.get(operand).isPresent();
  }

  public Tensor tensor(int operand) {
    return operand < operands.size() ? operands.get(operand).orElseThrow(() -> missing(operand))
        : missingTensor(operand);
  }

  private Tensor missingTensor(int operand) {
    throw missing(operand);
  }

  private DiagnosticException missing(int operand) {
    return unsupported("operand " + operand + " is missing");
  }

  public String operandName(int operand) {
    return message.inputs().get(operand);
  }

  /** An operand that is computed, of whatever type. */
  public Feature any(int operand) {
    if (!(tensor(operand) instanceof Feature feature)) {
      throw unsupported("operand '" + operandName(operand) + "' is a constant (must depend on an input)");
    }
    return feature;
  }

  /** An operand that is computed, of reals. */
  public Feature feature(int operand) {
    Feature feature = any(operand);
    if (feature.type() != DataType.FLOAT) {
      throw error(DiagnosticId.UNSUPPORTED_TYPE, operandName(operand), feature.type().text(), "float");
    }
    return feature;
  }

  /** An operand that is computed, of reals or their codes. */
  public Feature activation(int operand) {
    Feature feature = any(operand);
    if (feature.type() != DataType.FLOAT && !feature.node().type().element().is8Bit()) {
      throw error(DiagnosticId.UNSUPPORTED_TYPE, operandName(operand), feature.type().text(), "float, int8 or uint8");
    }
    return feature;
  }

  /** An operand that is known at import; {@code what} names it. */
  public Array constant(int operand, String what) {
    if (!(tensor(operand) instanceof Array array)) {
      throw unsupported(what + " '" + operandName(operand) + "' must be constant, or computed from shapes");
    }
    return array;
  }

  /** An operand of reals that is known at import. */
  public Array reals(int operand, String what) {
    Array array = constant(operand, what);
    if (array.type() != DataType.FLOAT) {
      throw error(DiagnosticId.UNSUPPORTED_TYPE, operandName(operand), array.type().text(), "float");
    }
    return array;
  }

  public Optional<Array> optional(int operand, String what) {
    return has(operand) ? Optional.of(constant(operand, what)) : Optional.empty();
  }

  /** Integers that are an attribute in old versions and an operand in new ones; empty where they are left out. */
  public Optional<List<Long>> integers(String attribute, int operand) {
    Optional<List<Long>> listed = attributes.integers(attribute);
    return listed.isPresent() ? listed
        : optional(operand, attribute).map(a -> Arrays.stream(a.integers()).boxed().toList());
  }

  /** A real that is an attribute in old versions and an operand in new ones. */
  public Optional<Float> real(String attribute, int operand) {
    if (attributes.has(attribute)) {
      return Optional.of(attributes.real(attribute, 0));
    }
    return optional(operand, attribute).map(a -> {
      if (a.data().elements() != 1) {
        throw badShape(attribute + " '" + a.name() + "' has " + a.data().elements() + " elements (must have 1)");
      }
      return a.real(0);
    });
  }

  public void requireRank(Tensor tensor, int fewest, int most) {
    if (tensor.rank() < fewest || tensor.rank() > most) {
      throw badShape("an operand has rank " + tensor.rank() + " (must be "
          + (fewest == most ? String.valueOf(fewest) : fewest + " to " + most) + ")");
    }
  }

  /** Refuses an attribute that no importer looked at. */
  public void requireNoAttributesLeft() {
    attributes.left().ifPresent(name -> {
      throw unsupported("attribute " + name + " is not supported (known: "
          + String.join(", ", attributes.asked().stream().sorted().toList()) + ")");
    });
  }

  /** A shape, checked for size. */
  public Shape shape(List<Integer> dims) {
    long elements = 1;
    for (int dim : dims) {
      if (dim < 1) {
        throw badShape("its result has shape " + dims + " (sizes must be at least 1)");
      }
      elements = Math.multiplyExact(elements, dim);
      if (elements > Limits.ELEMENTS) {
        throw error(DiagnosticId.TOO_LARGE, "a tensor of shape " + dims, elements + " elements", Limits.ELEMENTS);
      }
    }
    return new Shape(dims);
  }

  /** The first result: a node's, seen in some way. */
  public Feature result(Op op, List<Node> from, List<Integer> dims, View view) {
    return result(0, op, from, TensorType.f32(shape(dims)), view);
  }

  /** The first result: elements of a node, moved or chosen. */
  public Feature moved(Op op, Node from, List<Integer> dims, View view) {
    return result(0, op, List.of(from), from.type().withShape(shape(dims)), view);
  }

  public Feature result(int result, Op op, List<Node> from, TensorType type, View view) {
    return new Feature(new Node(op, from, type, resultName(result), location, List.of(index)), view);
  }

  /** The first result: the operand's elements, seen in another way. */
  public Feature seen(Feature x, View view) {
    return result(0, new Op.Reshape(), List.of(x.node()), x.node().type(), view);
  }

  /** A node that no operator of the file has, of reals. */
  public Node inserted(Op op, List<Node> from, List<Integer> dims) {
    return inserted(op, from, TensorType.f32(shape(dims)));
  }

  /** Elements of a node, moved or chosen by no operator of the file. */
  public Node insertedMove(Op op, Node from, List<Integer> dims) {
    return inserted(op, List.of(from), from.type().withShape(shape(dims)));
  }

  public Node inserted(Op op, List<Node> from, TensorType type) {
    return new Node(op, from, type, from.get(0).name(), location, List.of());
  }

  /** A constant node. */
  public Node constant(String name, List<Integer> dims, TensorData data) {
    TensorType type = TensorType.plain(shape(dims), data.element());
    return new Node(new Op.Constant(name, data), List.of(), type, name, location, List.of());
  }

  /** A constant node that remembers what it was dequantised from. */
  public Node constant(Array array) {
    Node node = constant(array.name(), array.dims(), array.data());
    array.codes().ifPresent(c -> codes.put(node, c));
    return node;
  }

  /** A constant node of one real. */
  public Node scalar(float value) {
    return constant(resultName(0) + "/constant", List.of(1), TensorData.ofFloats(value));
  }
}
