package io.bitwright.frontend.tflite;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.schema.Slots;
import io.bitwright.frontend.tflite.schema.TfliteFile;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks the operators in execution order and builds the graph.
 *
 * <p>A tensor has a node from the moment its operator is met. Where the operator is refused, an input of the declared
 * type stands in, so that the operators behind it are checked too; no graph is built then.
 */
final class SubgraphImport {
  private final TfliteFile file;
  private final TensorTable tensors;
  private final Diagnostics diagnostics;
  private final Map<Integer, Node> computed = new HashMap<>();
  private final Set<Integer> claimed = new HashSet<>();
  private final Set<Integer> refused = new HashSet<>();
  private int findings;

  SubgraphImport(TfliteFile file, Diagnostics diagnostics) {
    this.file = file;
    this.tensors = new TensorTable(file, file.subgraph().vector(Slots.SUBGRAPH_TENSORS, 4));
    this.diagnostics = diagnostics;
  }

  /**
   * The whole subgraph.
   *
   * @param graphName  the graph's name
   * @throws DiagnosticException if the file's structure is broken, and, without findings, if anything was reported
   */
  Graph run(String graphName) {
    List<Node> inputs = new ArrayList<>();
    for (int tensor : limited(file.subgraph().vector(Slots.SUBGRAPH_INPUTS, 4), "inputs")) {
      collecting(() -> inputs.add(input(tensor)));
    }
    FlatVector operators = file.subgraph().vector(Slots.SUBGRAPH_OPERATORS, 4);
    requireLimit(operators, "operators");
    for (int i = 0; i < operators.count(); i++) {
      operator(operators.table(i), i);
    }
    List<Node> outputs = new ArrayList<>();
    for (int tensor : limited(file.subgraph().vector(Slots.SUBGRAPH_OUTPUTS, 4), "outputs")) {
      collecting(() -> outputs.add(output(tensor)));
    }
    if (diagnostics.hasErrors()) {
      throw OperatorSite.alreadyReported();
    }
    if (outputs.isEmpty()) {
      throw malformed("the network has no outputs");
    }
    return new Graph(graphName, inputs, outputs);
  }

  private void collecting(Runnable step) {
    try {
      step.run();
    } catch (DiagnosticException e) {
      report(e);
    }
  }

  /** Collects findings, up to a limit that no real file reaches; there the import ends. */
  private void report(DiagnosticException e) {
    diagnostics.addAll(e.diagnostics());
    findings += e.diagnostics().size();
    if (findings >= Limits.FINDINGS) {
      throw OperatorSite.alreadyReported();
    }
  }

  private void requireLimit(FlatVector vector, String what) {
    if (vector.count() > Limits.OPERATORS) {
      throw DiagnosticException.of(DiagnosticId.TOO_LARGE, SourceLocation.ofNode(file.fileName(), ""),
          "the number of " + what, vector.count(), Limits.OPERATORS);
    }
  }

  private int[] limited(FlatVector indices, String what) {
    requireLimit(indices, what);
    return indices.ints();
  }

  private DiagnosticException malformed(String what) {
    return DiagnosticException.of(DiagnosticId.MALFORMED_FILE, SourceLocation.ofNode(file.fileName(), ""), what);
  }

  private Node input(int tensor) {
    requireExists(tensor);
    claim(tensor);
    refused.add(tensor);
    Node node = standIn(tensor);
    computed.put(tensor, node);
    refused.remove(tensor);
    return node;
  }

  private Node standIn(int tensor) {
    return new Node(
        new Op.Input(), List.of(), tensors.feature(tensor), tensors.name(tensor), tensors.location(tensor), List.of());
  }

  private Node output(int tensor) {
    requireExists(tensor);
    requireComputed(tensor);
    Node node = computed.get(tensor);
    if (node == null || node.isConstant()) {
      throw DiagnosticException.of(DiagnosticId.INVALID_GRAPH, tensors.location(tensor),
          "output '" + tensors.name(tensor) + "' does not depend on any input");
    }
    return node;
  }

  private void requireExists(int tensor) {
    if (tensor < 0 || tensor >= tensors.count()) {
      throw malformed("tensor " + tensor + " does not exist (there are " + tensors.count() + ")");
    }
  }

  /** Refuses a tensor that is a constant, an input or the result of an earlier operator. */
  private void claim(int tensor) {
    if (!claimed.add(tensor) || tensors.hasData(tensor)) {
      throw malformed("tensor '" + tensors.name(tensor) + "' is given a value more than once");
    }
  }

  private void operator(FlatTable table, int index) {
    TfliteFile.OperatorCode code = file.operatorCode(table);
    int[] inputs = limited(table.vector(Slots.OPERATOR_INPUTS, 4), "operands");
    int[] outputs = limited(table.vector(Slots.OPERATOR_OUTPUTS, 4), "results");
    for (int tensor : inputs) {
      if (tensor != -1) {
        requireExists(tensor);
      }
    }
    for (int tensor : outputs) {
      requireExists(tensor);
      claim(tensor);
    }
    try {
      Node node = build(table, code, index, inputs, outputs);
      computed.put(outputs[0], node);
    } catch (DiagnosticException e) {
      report(e);
      standInFor(outputs);
    }
  }

  private void standInFor(int[] outputs) {
    for (int tensor : outputs) {
      refused.add(tensor);
      try {
        computed.put(tensor, standIn(tensor));
      } catch (DiagnosticException e) {
        // Stays without a node; the operators that use it are skipped.
        continue;
      }
    }
  }

  private Node build(FlatTable table, TfliteFile.OperatorCode code, int index, int[] inputs, int[] outputs) {
    OperatorImport importer = OperatorTable.find(code.code()).orElse(null);
    if (importer == null) {
      String first = outputs.length == 0 ? "" : tensors.name(outputs[0]);
      throw DiagnosticException.of(
          DiagnosticId.UNSUPPORTED_OPERATOR, SourceLocation.ofNode(file.fileName(), first), code.name(), first);
    }
    if (outputs.length != 1) {
      throw malformed("operator " + code.name() + " has " + outputs.length + " results (must have 1)");
    }
    for (int tensor : inputs) {
      if (tensor != -1) {
        requireComputed(tensor);
      }
    }
    return importer.build(new OperatorSite(this, table, code.name(), index, inputs, outputs[0]));
  }

  TensorTable tensors() {
    return tensors;
  }

  /** Refuses a tensor that is neither constant nor computed by now. */
  void requireComputed(int tensor) {
    if (computed.containsKey(tensor) || tensors.hasData(tensor)) {
      return;
    }
    if (refused.contains(tensor)) {
      throw OperatorSite.alreadyReported();
    }
    throw DiagnosticException.of(DiagnosticId.CYCLIC_GRAPH, tensors.location(tensor), tensors.name(tensor));
  }

  /** Whether the operator that computes the tensor, or the input that it is, was refused. */
  boolean isRefused(int tensor) {
    return refused.contains(tensor);
  }

  /** The node of an available tensor that is a feature map. */
  Node feature(int tensor) {
    Node node = computed.get(tensor);
    return node != null ? node : tensors.featureConstant(tensor);
  }

  /** The node of an available tensor of whatever kind. */
  Node plain(int tensor) {
    Node node = computed.get(tensor);
    return node != null ? node : tensors.plainConstant(tensor);
  }
}
