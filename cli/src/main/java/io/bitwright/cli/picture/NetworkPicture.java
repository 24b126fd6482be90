package io.bitwright.cli.picture;

import io.bitwright.ir.diag.Printable;
import io.bitwright.ir.graph.Graph;
import java.util.List;

/**
 * What there is to draw of a network, and nothing of how.
 *
 * @param title  printable
 * @param root  boxes and blocks
 * @param edges  in the order of the operators that read
 */
public record NetworkPicture(String title, Block root, List<Edge> edges) {
  public NetworkPicture {
    edges = List.copyOf(edges);
  }

  /** A tensor on its way from the box that makes it to one that reads it: their ids. */
  record Edge(int from, int to) {}

  /** Takes untrusted names. */
  public static NetworkPicture of(Graph graph, String name) {
    return new PictureBuilder(graph).build(Printable.of(name));
  }

  /** ASCII, the same on every machine. */
  public String text(PictureFormat format) {
    return format.text(this);
  }
}
