package io.bitwright.ir.graph;

import io.bitwright.ir.diag.Diagnostic;
import io.bitwright.ir.diag.DiagnosticException;
import io.bitwright.ir.diag.DiagnosticId;
import io.bitwright.ir.diag.Diagnostics;
import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks what the rest of the compiler relies on: operand counts, shapes that follow from the operands, element types
 * and quantisation, limits within the output's codes. docs/operators.md lists the rules by operator.
 */
public final class GraphVerifier {
  /** Most rows or columns that a window spans, padding included. */
  public static final int LARGEST_WINDOW = 1 << 24;

  private static final int HIGHEST_RANK = 4;

  private final Diagnostics diagnostics = new Diagnostics();

  private GraphVerifier() {}

  /** All faults, in node order. */
  public static List<Diagnostic> verify(Graph graph) {
    GraphVerifier verifier = new GraphVerifier();
    verifier.ends(graph);
    graph.nodes().forEach(verifier::node);
    return verifier.diagnostics.all();
  }

  /**
   * Checks a graph that a user wrote.
   *
   * @throws DiagnosticException with all faults
   */
  public static void requireValid(Graph graph) {
    List<Diagnostic> faults = verify(graph);
    if (!faults.isEmpty()) {
      throw new DiagnosticException(faults);
    }
  }

  /**
   * Checks a graph that we made.
   *
   * @param stage  who made it, such as {@code "pass fold-padding"}
   * @throws IllegalStateException naming stage and nodes
   */
  public static void check(Graph graph, String stage) {
    List<Diagnostic> faults = verify(graph);
    if (!faults.isEmpty()) {
      String all = String.join("\n", faults.stream().map(Diagnostic::render).toList());
      throw new IllegalStateException(stage + " made an invalid graph:\n" + all);
    }
  }

  private void ends(Graph graph) {
    SourceLocation nowhere = SourceLocation.NONE;
    if (graph.outputs().isEmpty()) {
      diagnostics.report(DiagnosticId.INVALID_GRAPH, nowhere, "the graph has no output");
    }
    Set<Node> inputs = new HashSet<>();
    for (Node input : graph.inputs()) {
      require(input.op() instanceof Op.Input, input, "is fed by the user, but is no input");
      require(inputs.add(input), input, "is an input twice");
    }
    for (Node output : graph.outputs()) {
      require(!output.isConstant(), output, "is an output, but computed by nothing");
    }
    for (Node node : graph.nodes()) {
      require(!(node.op() instanceof Op.Input) || inputs.contains(node), node, "is missing among the graph's inputs");
    }
  }

  private void node(Node node) {
    OpKind kind = OpKind.of(node.op());
    int count = node.operands().size();
    if (count < kind.minOperands() || count > kind.maxOperands()) {
      require(false, node, "has " + count + " operands (must be " + kind.operands() + ")");
      return;
    }
    boolean flat = node.type().shape().rank() <= HIGHEST_RANK;
    require(flat, node, "has rank " + node.type().shape().rank() + " (at most " + HIGHEST_RANK + ")");
    if (flat) {
      node.op().accept(new NodeRules(node, this));
    }
  }

  /** Reports where the condition does not hold; gives the condition. */
  boolean require(boolean condition, Node node, String message) {
    if (!condition) {
      String subject = OpKind.of(node.op()).mnemonic() + (node.name().isEmpty() ? "" : " '" + node.name() + "'");
      diagnostics.report(DiagnosticId.INVALID_GRAPH, node.location(), subject + " " + message);
    }
    return condition;
  }
}
