package io.bitwright.cli.picture;

import io.bitwright.cli.picture.NetworkPicture.Edge;
import java.util.stream.Collectors;

/** A picture in Graphviz's language. */
final class DotText {
  private final StringBuilder text = new StringBuilder();

  private DotText() {}

  static String of(NetworkPicture picture) {
    DotText dot = new DotText();
    dot.line(0, "digraph " + quoted(picture.title()) + " {");
    dot.line(1, "graph [label=" + quoted(picture.title()) + ", labelloc=t, fontname=\"monospace\", fontsize=14];");
    dot.line(1, "node [shape=box, style=\"filled,rounded\", fontname=\"monospace\", fontsize=11];");
    dot.line(1, "edge [color=\"#555555\", arrowsize=0.6];");
    dot.contents(picture.root(), 1);
    for (Edge edge : picture.edges()) {
      dot.line(1, "n" + edge.from() + " -> n" + edge.to() + ";");
    }
    dot.line(0, "}");
    return dot.text.toString();
  }

  private void line(int depth, String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }

  private void contents(Block block, int depth) {
    for (Box box : block.boxes()) {
      String label = box.lines().stream().map(DotText::escaped).collect(Collectors.joining("\\n"));
      line(depth, "n" + box.id() + " [label=\"" + label + "\", tooltip=" + quoted(String.join(", ", box.names()))
          + ", fillcolor=\"" + box.family().fill() + "\", color=\"" + box.family().line() + "\"];");
    }
    for (Block inner : block.blocks()) {
      line(depth, "subgraph cluster_" + inner.id() + " {");
      line(depth + 1, "graph [label=" + quoted(inner.name()) + ", labeljust=l, fontsize=11, style=rounded, "
          + "color=\"#999999\", bgcolor=\"" + SvgText.shade(depth) + "\"];");
      contents(inner, depth + 1);
      line(depth, "}");
    }
  }

  private static String quoted(String printable) {
    return '"' + escaped(printable) + '"';
  }

  /** A backslash begins an escape, such as \\N for the node's own name, and an ampersand an entity. */
  private static String escaped(String printable) {
    return printable.replace("\\", "\\\\").replace("\"", "\\\"").replace("&", "&amp;");
  }
}
