package io.bitwright.compiler;

import io.bitwright.compiler.data.HostConversion;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.GraphVerifier;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network without the quantisation of its float inputs and the dequantisation of its float outputs, for targets that
 * take integers only: whoever feeds it quantises, whoever reads it dequantises. An end that more than that depends on
 * stays as it is.
 *
 * @param inputs  one an input of the graph; how its reals become codes, where they do so outside now
 * @param outputs  likewise, codes to reals
 */
record IntegerEnds(Graph graph, List<Optional<HostConversion>> inputs, List<Optional<HostConversion>> outputs) {
  /** The same graph with its ends as they are. */
  static IntegerEnds none(Graph graph) {
    return new IntegerEnds(graph, graph.inputs().stream().map(n -> Optional.<HostConversion>empty()).toList(),
        graph.outputs().stream().map(n -> Optional.<HostConversion>empty()).toList());
  }

  /** Whether no end is left to the surroundings. */
  boolean isNone() {
    return inputs.stream().allMatch(Optional::isEmpty) && outputs.stream().allMatch(Optional::isEmpty);
  }

  static IntegerEnds of(Graph graph) {
    Map<Node, List<Node>> users = graph.users();
    Map<Node, Node> quantize = new IdentityHashMap<>();
    for (Node input : graph.inputs()) {
      boolean isOutput = graph.outputs().contains(input);
      List<Node> ends = new ArrayList<>();
      if (!isOutput && input.type().isFloat() && quantizations(input, users, graph, ends) && areAlike(ends)) {
        quantize.put(input, ends.get(0));
      }
    }
    return new Rewrite(quantize).run(graph);
  }

  /** Collects what quantises a float tensor, moved or not; whether nothing else takes it. */
  private static boolean quantizations(Node node, Map<Node, List<Node>> users, Graph graph, List<Node> found) {
    for (Node user : users.get(node)) {
      if (user.op() instanceof Op.Quantize) {
        found.add(user);
      } else if (!isMove(user) || graph.outputs().contains(user) || !quantizations(user, users, graph, found)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areAlike(List<Node> ends) {
    return !ends.isEmpty() && ends.stream().allMatch(e -> e.op().equals(ends.get(0).op())
        && e.type().element() == ends.get(0).type().element()
        && e.type().quantization().equals(ends.get(0).type().quantization()));
  }

  /** Whether an operator does the same to codes as to the reals that they stand for. */
  private static boolean isMove(Node node) {
    return node.op() instanceof Op.Reshape || node.op() instanceof Op.Transpose || node.op() instanceof Op.Slice
        || node.op() instanceof Op.Gather || node.op() instanceof Op.ChannelShuffle
        || node.op() instanceof Op.Pad pad && pad.value().isEmpty();
  }

  /** Builds the graph anew; {@code quantize} has an operator that quantises each input whose end goes. */
  private record Rewrite(Map<Node, Node> quantize, Map<Node, Node> images) {
    Rewrite(Map<Node, Node> quantize) {
      this(quantize, new IdentityHashMap<>());
    }

    IntegerEnds run(Graph graph) {
      graph.nodes().forEach(n -> images.put(n, image(n)));
      List<Node> outputs = new ArrayList<>();
      List<Optional<HostConversion>> after = new ArrayList<>();
      for (Node output : graph.outputs()) {
        Optional<Node> codes = codes(output);
        outputs.add(codes.orElseGet(() -> images.get(output)));
        after.add(codes.map(c -> new HostConversion(Rounding.TIES_EVEN)));
      }
      List<Optional<HostConversion>> before = graph.inputs().stream().map(i -> Optional.ofNullable(quantize.get(i))
          .map(q -> new HostConversion(((Op.Quantize) q.op()).rounding()))).toList();
      if (quantize.isEmpty() && after.stream().allMatch(Optional::isEmpty)) {
        return none(graph);
      }
      Graph stripped = new Graph(graph.name(), graph.inputs().stream().map(images::get).toList(), outputs,
          graph.sourceViews());
      GraphVerifier.check(stripped, "integer-ends");
      return new IntegerEnds(stripped, before, after);
    }

    private Node image(Node node) {
      if (quantize.containsKey(node)) {
        return node.replacedBy(node.op(), List.of(), alike(node, quantize.get(node).type())).withOrigins(List.of());
      }
      List<Node> operands = node.operands().stream().map(images::get).toList();
      boolean inCodes = !operands.isEmpty() && node.operand(0).type().isFloat() && !operands.get(0).type().isFloat();
      if (!inCodes) {
        return node.withOperands(operands);
      }
      return node.op() instanceof Op.Quantize ? node.replacedBy(new Op.Reshape(), operands, node.type())
          : node.replacedBy(node.op(), operands, alike(node, operands.get(0).type())).withOrigins(List.of());
    }

    private static TensorType alike(Node node, TensorType codes) {
      return codes.withShape(node.type().shape());
    }

    /** An output before its dequantisation; empty where it has another origin. */
    private Optional<Node> codes(Node output) {
      if (output.op() instanceof Op.Dequantize) {
        Node source = images.get(output.operand(0));
        return Optional.of(output.replacedBy(new Op.Reshape(), List.of(source), source.type()).withOrigins(List.of()));
      }
      if (!output.type().isFloat() || !isMove(output)) {
        return Optional.empty();
      }
      return codes(output.operand(0)).map(c -> output.replacedBy(output.op(), List.of(c), alike(output, c.type()))
          .withOrigins(List.of()));
    }
  }
}
