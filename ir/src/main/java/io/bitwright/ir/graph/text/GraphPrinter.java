package io.bitwright.ir.graph.text;

import io.bitwright.ir.diag.SourceLocation;
import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.OpKind;
import io.bitwright.ir.type.TensorData;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints graphs as docs/ir.md describes: one line a node, numbered in topological order. Equal graphs give equal text
 * on every machine; {@link GraphParser} restores the graph.
 */
public final class GraphPrinter {
  private final Map<Node, String> names = new IdentityHashMap<>();
  private final Map<String, TensorData> pool = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private GraphPrinter() {}

  public static GraphText print(Graph graph) {
    GraphPrinter printer = new GraphPrinter();
    printer.graph(graph);
    return new GraphText(printer.text.toString(), printer.pool);
  }

  private void graph(Graph graph) {
    text.append("graph @").append(graphName(graph.name())).append(" {\n");
    for (Node node : graph.nodes()) {
      names.put(node, "%" + names.size());
      statement(node);
    }
    text.append("  return").append(values(graph.outputs())).append("\n}\n");
  }

  private static String graphName(String name) {
    boolean plain = !name.isEmpty() && name.chars().allMatch(TextScanner::isWordPart);
    return plain ? name : TextScanner.quote(name);
  }

  private String values(List<Node> nodes) {
    return nodes.isEmpty() ? "" : nodes.stream().map(names::get).collect(Collectors.joining(", ", " ", ""));
  }

  private void statement(Node node) {
    text.append("  ").append(names.get(node)).append(" = ").append(OpKind.of(node.op()).mnemonic());
    if (node.op() instanceof Op.Constant c) {
      text.append(' ').append(ConstantText.write(c.data(), pool));
      text.append(c.name().equals(node.name()) ? "" : " {name=" + TextScanner.quote(c.name()) + "}");
    }
    text.append(values(node.operands())).append(OpWriter.write(node.op()));
    text.append(" : ").append(TypeText.write(node.type(), pool));
    if (!node.name().isEmpty()) {
      text.append(' ').append(TextScanner.quote(node.name()));
    }
    if (!node.origins().isEmpty()) {
      text.append(" origins=").append(
          node.origins().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    }
    text.append(location(node.location())).append('\n');
  }

  private static String location(SourceLocation location) {
    if (location.equals(SourceLocation.NONE)) {
      return "";
    }
    boolean placed = location.line() > 0 || location.column() > 0;
    String place = placed ? location.line() + ":" + location.column() + ":" : "";
    return " loc(" + TextScanner.quote(location.file()) + ":" + place + TextScanner.quote(location.node()) + ")";
  }
}
