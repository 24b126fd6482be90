package io.bitwright.frontend.quantise.evaluate;

import io.bitwright.ir.graph.Graph;
import io.bitwright.ir.graph.Node;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A float network with its quantised form. Immutable.
 *
 * <p>Each node of the float network that is no constant has an image: the node of the quantised one that stands for it.
 */
public final class Quantized {
  private final Graph reals;
  private final Graph codes;
  private final Map<Node, Node> images;

  /** Takes over the images of all nodes but constants; an image may depend on further nodes, which are no images. */
  public Quantized(Graph reals, Graph codes, Map<Node, Node> images) {
    this.reals = reals;
    this.codes = codes;
    this.images = new IdentityHashMap<>(images);
  }

  /** All f32. */
  public Graph reals() {
    return reals;
  }

  /** In int8. */
  public Graph codes() {
    return codes;
  }

  /** The node that stands for one of the float network. */
  public Node image(Node real) {
    return images.get(real);
  }
}
