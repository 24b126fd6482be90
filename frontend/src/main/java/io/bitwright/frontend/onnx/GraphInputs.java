package io.bitwright.frontend.onnx;

import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.proto.GraphMessage;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.proto.NodeMessage;
import io.bitwright.frontend.onnx.proto.TensorContents;
import io.bitwright.frontend.onnx.proto.ValueMessage;
import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the network's inputs: binds their open dimensions, and keeps an input of feature maps channels-last, which it
 * is where it reaches an operator over rows and columns before one that reorders elements.
 */
final class GraphInputs {
  private static final Set<DataType> TYPES = Set.of(DataType.FLOAT, DataType.INT8, DataType.UINT8, DataType.INT32);
  private static final Set<String> SPATIAL = Set.of("Conv", "QLinearConv", "ConvInteger", "MaxPool", "AveragePool",
      "QLinearAveragePool", "GlobalAveragePool", "QLinearGlobalAveragePool", "GlobalMaxPool", "BatchNormalization",
      "LRN", "Resize", "Upsample", "DepthToSpace", "SpaceToDepth");
  private static final Set<String> REORDERING = Set.of("Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze",
      "MatMul", "MatMulInteger", "QLinearMatMul", "Gemm", "QGemm", "Shape");

  private final GraphMessage graph;
  private final String fileName;
  private final Map<String, List<Integer>> shapes;
  private final int count;
  private final InputCodes codes;

  /**
   * The inputs that are left for the user to feed.
   *
   * @param shapes  by name; under the empty name that of the only input
   * @param count  how many inputs there are
   * @param codes  what 8-bit ones mean
   */
  GraphInputs(GraphMessage graph, String fileName, Map<String, List<Integer>> shapes, int count, InputCodes codes) {
    this.codes = codes;
    this.graph = graph;
    this.fileName = fileName;
    this.shapes = shapes;
    this.count = count;
  }

  /** Refuses shapes for inputs that do not exist. */
  void requireKnown(List<ValueMessage> inputs) {
    String known = inputs.stream().map(ValueMessage::name).collect(Collectors.joining(", "));
    for (String name : shapes.keySet()) {
      if (name.isEmpty() && count != 1) {
        throw DiagnosticException.of(DiagnosticId.UNKNOWN_NAME, SourceLocation.ofNode(fileName, ""), "input",
            "of --shape without a name", known);
      } else if (!name.isEmpty() && inputs.stream().noneMatch(i -> i.name().equals(name))) {
        throw DiagnosticException.of(
            DiagnosticId.UNKNOWN_NAME, SourceLocation.ofNode(fileName, ""), "input", name, known);
      }
    }
  }

  /** One input. */
  Feature make(ValueMessage input) {
    SourceLocation location = SourceLocation.ofNode(fileName, input.name());
    DataType type = TensorContents.type(input.type());
    if (!TYPES.contains(type)) {
      throw DiagnosticException.of(DiagnosticId.UNSUPPORTED_TYPE, location, input.name(), type.text(),
          "float, int8, uint8 or int32");
    }
    List<Integer> dims = dims(input, location);
    List<Integer> order = dims.size() == 4 && isSpatial(input.name()) ? Layouts.CHANNELS_LAST
        : Layouts.natural(dims.size());
    Shape shape = new Shape(flat(Layouts.sizes(dims, order)));
    ElementType element = type.element().orElseThrow();
    TensorType own = element.is8Bit() ? new TensorType(shape, element, codes.of(input.name(), element))
        : TensorType.plain(shape, element);
    Node node = new Node(new Op.Input(), List.of(), own, input.name(), location, List.of());
    return new Feature(node, View.ordered(dims, order));
  }

  /** At most four dimensions: the leading ones joined. */
  private static List<Integer> flat(List<Integer> dims) {
    int joined = Math.max(1, dims.size() - 3);
    if (joined == 1) {
      return dims;
    }
    List<Integer> flat = new ArrayList<>(List.of(dims.subList(0, joined).stream().reduce(1, Math::multiplyExact)));
    flat.addAll(dims.subList(joined, dims.size()));
    return flat;
  }

  private List<Integer> dims(ValueMessage input, SourceLocation location) {
    List<Integer> given = shapes.getOrDefault(input.name(), count == 1 ? shapes.get("") : null);
    String declared = input.hasShape() ? String.valueOf(input.dims()) : "?";
    if (given == null && (!input.hasShape() || input.dims().stream().anyMatch(ValueMessage.Dimension::isOpen))) {
      throw DiagnosticException.of(DiagnosticId.OPEN_DIMENSION, location, input.name(), declared, input.name());
    }
    List<Long> dims = new ArrayList<>();
    for (int d = 0; d < (given == null ? input.dims().size() : given.size()); d++) {
      boolean open = !input.hasShape() || d < input.dims().size() && input.dims().get(d).isOpen();
      long own = open || d >= input.dims().size() ? -1 : input.dims().get(d).value();
      dims.add(given == null ? own : (long) given.get(d));
      if (given != null && (input.hasShape() && given.size() != input.dims().size() || !open && own != given.get(d))) {
        String shown = given.stream().map(String::valueOf).collect(Collectors.joining("x"));
        throw DiagnosticException.of(DiagnosticId.SHAPE_MISMATCH, location, shown, input.name(), declared);
      }
    }
    return checked(dims, input.name(), location);
  }

  private static List<Integer> checked(List<Long> dims, String name, SourceLocation location) {
    long elements = 1;
    for (long dim : dims) {
      elements = dim > Limits.ELEMENTS ? Limits.ELEMENTS + 1 : Math.min(Limits.ELEMENTS + 1, elements * dim);
    }
    if (elements < 1) {
      throw DiagnosticException.of(
          DiagnosticId.BAD_SHAPE, location, "input '" + name + "' has shape " + dims + " (sizes must be at least 1)");
    }
    if (elements > Limits.ELEMENTS) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, location, "input '" + name + "'", "shape " + dims,
          Limits.ELEMENTS + " elements");
    }
    return dims.stream().map(Long::intValue).toList();
  }

  /** Whether an operator over rows and columns takes the tensor, or what is computed of it in the same order. */
  private boolean isSpatial(String input) {
    Set<String> reached = new HashSet<>(Set.of(input));
    for (NodeMessage node : graph.nodes()) {
      boolean first = !node.inputs().isEmpty() && reached.contains(node.inputs().get(0));
      if (first && SPATIAL.contains(node.type())) {
        return true;
      }
      if (!REORDERING.contains(node.type()) && node.inputs().stream().anyMatch(reached::contains)) {
        reached.addAll(node.outputs());
      }
    }
    return false;
  }
}
