package io.bitwright.frontend.onnx;

import io.bitwright.frontend.onnx.fold.Attributes;
import io.bitwright.frontend.onnx.fold.Folding;
import io.bitwright.frontend.onnx.operator.OperatorTable;
import io.bitwright.frontend.onnx.proto.ExternalData;
import io.bitwright.frontend.onnx.proto.GraphMessage;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.proto.ModelMessage;
import io.bitwright.frontend.onnx.proto.NodeMessage;
import io.bitwright.frontend.onnx.proto.TensorMessage;
import io.bitwright.frontend.onnx.proto.ValueMessage;
import io.bitwright.frontend.onnx.qdq.IntegerNetwork;
import io.bitwright.frontend.onnx.site.ConstantTable;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Codes;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.SourceViews;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Walks the operators that an output needs, in the file's order, and builds the graph.
 *
 * <p>The results of an operator that is refused are unknown, shapes included; operators that need them are passed over.
 * All operators of unknown kinds are reported.
 */
final class GraphImport {
  private final GraphMessage graph;
  private final ModelMessage model;
  private final String fileName;
  private final ImportOptions options;
  private final Diagnostics diagnostics;
  private final ConstantTable constants;
  private final Map<String, TensorMessage> initializers = new HashMap<>();
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<Integer, View> views = new LinkedHashMap<>();
  private final Map<Node, Codes> codes = new IdentityHashMap<>();
  private int findings;

  GraphImport(ModelMessage model, String fileName, ExternalData external, ImportOptions options,
      Diagnostics diagnostics) {
    this.model = model;
    this.graph = model.graph().orElseThrow();
    this.fileName = fileName;
    this.options = options;
    this.diagnostics = diagnostics;
    this.constants = new ConstantTable(external);
  }

  /**
   * The whole graph.
   *
   * @throws DiagnosticException if the file's structure is broken, and, without findings, if anything was reported
   */
  Graph run(String name) {
    List<Feature> inputs = walk();
    List<Feature> outputs = new ArrayList<>();
    for (ValueMessage output : graph.outputs()) {
      collecting(() -> outputs.add(output(output)), List.of());
    }
    if (diagnostics.hasErrors()) {
      throw OperatorSite.alreadyReported();
    }
    if (outputs.isEmpty()) {
      throw DiagnosticException.of(DiagnosticId.NOT_ONNX, location(""), "the graph has no outputs");
    }
    SourceViews sourceViews = new SourceViews(inputs.stream().map(Feature::view).toList(),
        outputs.stream().map(Feature::view).toList(), views);
    Graph read = new Graph(name, inputs.stream().map(Feature::node).toList(),
        outputs.stream().map(Feature::node).toList(), sourceViews);
    return read.nodes().stream().anyMatch(n -> n.op() instanceof Op.Quantize)
        ? IntegerNetwork.of(read, codes, options.rounding()) : read;
  }

  /** Computes all tensors that an output needs; the inputs. */
  private List<Feature> walk() {
    Set<String> defined = defineOnce();
    List<Feature> inputs = inputs();
    for (int index : neededNodes()) {
      NodeMessage node = graph.nodes().get(index);
      collecting(() -> operator(node, index, defined), node.outputs());
    }
    return inputs;
  }

  /** The outputs of a graph that depends on no input. */
  List<Array> known() {
    walk();
    diagnostics.throwIfErrors();
    return graph.outputs().stream().map(o -> tensors.get(o.name())).map(Array.class::cast).toList();
  }

  private SourceLocation location(String node) {
    return SourceLocation.ofNode(fileName, node);
  }

  private void collecting(Runnable step, List<String> results) {
    try {
      step.run();
    } catch (DiagnosticException e) {
      refused.addAll(results);
      diagnostics.addAll(e.diagnostics());
      findings += e.diagnostics().size();
      if (findings >= Limits.FINDINGS) {
        throw OperatorSite.alreadyReported();
      }
    }
  }

  /** Names of all tensors, each of which is an initializer or an input, or the result of one operator. */
  private Set<String> defineOnce() {
    Set<String> defined = new HashSet<>();
    for (TensorMessage tensor : graph.initializers()) {
      requireNew(defined.add(tensor.name()), tensor.name());
      initializers.put(tensor.name(), tensor);
    }
    Set<String> inputs = new HashSet<>();
    for (ValueMessage input : graph.inputs()) {
      requireNew(inputs.add(input.name()), input.name());
    }
    defined.addAll(inputs);
    for (NodeMessage node : graph.nodes()) {
      for (String output : node.outputs()) {
        requireNew(output.isEmpty() || defined.add(output), output);
      }
    }
    return defined;
  }

  private void requireNew(boolean isNew, String tensor) {
    if (!isNew) {
      throw DiagnosticException.of(DiagnosticId.MALFORMED_FILE, location(tensor),
          "tensor '" + tensor + "' is given a value more than once");
    }
  }

  private List<Feature> inputs() {
    List<ValueMessage> fed = graph.inputs().stream()
        .filter(i -> !initializers.containsKey(i.name()) && !options.constants().containsKey(i.name())).toList();
    GraphInputs inputs = new GraphInputs(graph, fileName, options.shapes(), fed.size(),
        new InputCodes(graph, this::knownBefore));
    collecting(() -> inputs.requireKnown(fed), List.of());
    List<Feature> features = new ArrayList<>();
    for (ValueMessage input : fed) {
      collecting(() -> {
        Feature feature = inputs.make(input);
        features.add(feature);
        tensors.put(input.name(), feature);
      }, List.of(input.name()));
    }
    tensors.putAll(options.constants());
    return features;
  }

  /** A constant of the file, before anything was computed. */
  private Optional<Array> knownBefore(String name) {
    try {
      if (options.constants().containsKey(name)) {
        return Optional.of(options.constants().get(name));
      } else if (initializers.containsKey(name)) {
        return Optional.of(constants.decode(initializers.get(name), name, location(name)));
      }
      Optional<TensorMessage> value = graph.nodes().stream()
          .filter(n -> n.type().equals("Constant") && n.outputs().contains(name)).findFirst()
          .flatMap(n -> new Attributes(n.attributes()).tensor("value"));
      return value.map(v -> constants.decode(v, name, location(name)));
    } catch (DiagnosticException | IllegalArgumentException e) {
      return Optional.empty(); // it is said where the operator that takes it is read
    }
  }

  /** Indices, ascending, of the operators that an output depends on. */
  private Set<Integer> neededNodes() {
    Map<String, Integer> producers = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String output : graph.nodes().get(i).outputs()) {
        producers.put(output, i);
      }
    }
    Set<Integer> needed = new TreeSet<>();
    List<String> open = new ArrayList<>(graph.outputs().stream().map(ValueMessage::name).toList());
    while (!open.isEmpty()) {
      Integer producer = producers.get(open.remove(open.size() - 1));
      if (producer != null && needed.add(producer)) {
        open.addAll(graph.nodes().get(producer).inputs());
      }
    }
    return needed;
  }

  private Feature output(ValueMessage output) {
    if (refused.contains(output.name())) {
      throw OperatorSite.alreadyReported();
    }
    if (!(tensors.get(output.name()) instanceof Feature feature)) {
      throw DiagnosticException.of(DiagnosticId.INVALID_GRAPH, location(output.name()),
          "output '" + output.name() + "' does not depend on any input");
    }
    return feature;
  }

  private void operator(NodeMessage node, int index, Set<String> defined) {
    SourceLocation at = location(node.label());
    String first = node.outputs().isEmpty() ? "" : node.outputs().get(0);
    String domain = ModelMessage.standard(node.domain());
    if (!domain.isEmpty() && !OperatorTable.isKnownDomain(domain, node.type())) {
      throw DiagnosticException.of(DiagnosticId.UNSUPPORTED_DOMAIN, at, node.type(), domain);
    }
    OperatorTable.Row row = OperatorTable.find(node.type()).orElseThrow(() -> OperatorTable.alternative(node.type())
        .map(words -> DiagnosticException.of(
            DiagnosticId.OPERATOR_WITH_ALTERNATIVE, at, node.type(), first, words))
        .orElseGet(() -> DiagnosticException.of(DiagnosticId.UNSUPPORTED_OPERATOR, at, node.type(), first)));
    long opset = model.opsets().getOrDefault("", 0L);
    if (domain.isEmpty() && opset < row.operator().since() || opset > OperatorTable.NEWEST_OPSET) {
      throw DiagnosticException.of(DiagnosticId.UNSUPPORTED_OPSET, at, node.type(), opset,
          row.operator().since() + " to " + OperatorTable.NEWEST_OPSET);
    }
    List<Optional<Tensor>> operands = new ArrayList<>();
    for (String input : node.inputs()) {
      operands.add(input.isEmpty() ? Optional.empty() : Optional.of(tensor(input, at, defined)));
    }
    OperatorSite site = new OperatorSite(node, index, opset, at, operands, codes);
    List<Tensor> results = results(site, row);
    for (int i = 0; i < results.size() && i < node.outputs().size(); i++) {
      tensors.put(node.outputs().get(i), results.get(i));
    }
    if (results.get(0) instanceof Feature feature && feature.node().origins().equals(List.of(index))) {
      views.put(index, feature.view());
    }
  }

  private Tensor tensor(String name, SourceLocation at, Set<String> defined) {
    if (refused.contains(name)) {
      throw OperatorSite.alreadyReported();
    }
    Tensor known = tensors.get(name);
    if (known == null && initializers.containsKey(name)) {
      try {
        known = constants.decode(initializers.get(name), name, location(name));
      } catch (DiagnosticException e) {
        refused.add(name);
        throw e;
      }
      tensors.put(name, known);
    }
    if (known == null && defined.contains(name)) {
      throw DiagnosticException.of(DiagnosticId.CYCLIC_GRAPH, at, name);
    } else if (known == null) {
      throw DiagnosticException.of(DiagnosticId.MALFORMED_FILE, at, "tensor '" + name + "' does not exist");
    }
    return known;
  }

  private List<Tensor> results(OperatorSite site, OperatorTable.Row row) {
    try {
      List<Tensor> results = isKnown(site) && Folding.knows(site.name()) ? List.of(folded(site))
          : row.importer(constants).build(site);
      if (site.opset() < 6) {
        site.attributes().ignore("consumed_inputs"); // a hint about memory
      }
      site.requireNoAttributesLeft();
      return results;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw site.unsupported(e instanceof ArithmeticException ? "its sizes are too large" : e.getMessage());
    }
  }

  private static boolean isKnown(OperatorSite site) {
    return !site.operands().isEmpty()
        && site.operands().stream().flatMap(Optional::stream).allMatch(Array.class::isInstance);
  }

  private Tensor folded(OperatorSite site) {
    List<Optional<Array>> operands = site.operands().stream().map(o -> o.map(Array.class::cast)).toList();
    Folding.Call call = new Folding.Call(site.attributes(), site.opset(), operands, site.results());
    return constants.counted(Folding.fold(site.name(), call), site.location()).named(site.resultName(0));
  }
}
