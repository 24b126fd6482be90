package io.bitwright.frontend.tflite;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.flatbuffer.FlatVector;
import io.bitwright.frontend.tflite.operator.DilationImport;
import io.bitwright.frontend.tflite.operator.OperatorImport;
import io.bitwright.frontend.tflite.operator.OperatorTable;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.schema.Slots;
import io.bitwright.frontend.tflite.schema.TfliteFile;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.frontend.tflite.site.TensorNodes;
import io.bitwright.frontend.tflite.site.TensorTable;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks the operators in execution order and builds the graph.
 *
 * <p>A tensor has a node from the moment its operator is met, also where the operator is refused.
 */
final class SubgraphImport {
  private final TfliteFile file;
  private final TensorTable tensors;
  private final Diagnostics diagnostics;
  private final TensorNodes nodes;
  private final Set<Integer> claimed = new HashSet<>();
  private int findings;

  SubgraphImport(TfliteFile file, Diagnostics diagnostics) {
    this.file = file;
    this.tensors = new TensorTable(file, file.subgraph().vector(Slots.SUBGRAPH_TENSORS, 4));
    this.nodes = new TensorNodes(tensors);
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
    int[] networkOutputs = limited(file.subgraph().vector(Slots.SUBGRAPH_OUTPUTS, 4), "outputs");
    DilatedConvolutions dilated = new DilatedConvolutions(file, operators, networkOutputs);
    for (int i = 0; i < operators.count(); i++) {
      operator(operators, i, dilated);
    }
    List<Node> outputs = new ArrayList<>();
    for (int tensor : networkOutputs) {
      collecting(() -> outputs.add(output(tensor)));
    }
    if (diagnostics.hasErrors()) {
      throw OperatorSite.alreadyReported();
    }
    if (outputs.isEmpty()) {
      throw malformed("the network has no outputs");
    }
    nodes.converted().forEach((type, count) -> diagnostics.report(
        DiagnosticId.CONSTANTS_DEQUANTISED, SourceLocation.ofNode(file.fileName(), ""), count, type));
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
    return nodes.input(tensor);
  }

  private Node output(int tensor) {
    requireExists(tensor);
    return nodes.output(tensor);
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

  private void operator(FlatVector operators, int index, DilatedConvolutions dilated) {
    int[] inputs = limited(operators.table(index).vector(Slots.OPERATOR_INPUTS, 4), "operands");
    int[] outputs = limited(operators.table(index).vector(Slots.OPERATOR_OUTPUTS, 4), "results");
    for (int tensor : inputs) {
      if (tensor != -1) {
        requireExists(tensor);
      }
    }
    for (int tensor : outputs) {
      requireExists(tensor);
      claim(tensor);
    }
    if (dilated.isInside(index)) {
      return;
    }
    try {
      List<Node> results = dilated.endingWith(index).isPresent()
          ? dilated(operators, dilated.endingWith(index).get()) : build(operators.table(index), index, inputs, outputs);
      for (int i = 0; i < outputs.length; i++) {
        nodes.put(outputs[i], results.get(i));
      }
    } catch (DiagnosticException e) {
      report(e);
      for (int tensor : outputs) {
        nodes.refuse(tensor);
      }
    }
  }

  private List<Node> build(FlatTable table, int index, int[] inputs, int[] outputs) {
    TfliteFile.OperatorCode code = file.operatorCode(table);
    OperatorImport importer = OperatorTable.find(code.code()).orElse(null);
    if (importer == null) {
      String first = outputs.length == 0 ? "" : tensors.name(outputs[0]);
      throw DiagnosticException.of(
          DiagnosticId.UNSUPPORTED_OPERATOR, SourceLocation.ofNode(file.fileName(), first), code.name(), first);
    }
    if (outputs.length == 0) {
      throw malformed("operator " + code.name() + " has no results");
    }
    requireComputed(inputs, 0);
    return importer.build(new OperatorSite(nodes, table, code.name(), index, inputs, outputs));
  }

  private void requireComputed(int[] inputs, int from) {
    for (int i = from; i < inputs.length; i++) {
      if (inputs[i] != -1) {
        nodes.requireComputed(inputs[i]);
      }
    }
  }

  private List<Node> dilated(FlatVector operators, DilatedConvolutions.Group group) {
    List<OperatorSite> sites = new ArrayList<>();
    for (int index : new int[] {group.spaceToBatch(), group.convolution(), group.batchToSpace()}) {
      FlatTable table = operators.table(index);
      int[] inputs = table.vector(Slots.OPERATOR_INPUTS, 4).ints();
      // The first operand of the second and third operator is the result of the one before.
      requireComputed(inputs, sites.isEmpty() ? 0 : 1);
      sites.add(new OperatorSite(nodes, table, file.operatorCode(table).name(), index, inputs,
          table.vector(Slots.OPERATOR_OUTPUTS, 4).ints()));
    }
    return List.of(DilationImport.convolution(sites.get(0), sites.get(1), sites.get(2)));
  }
}
