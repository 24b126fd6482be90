package io.bitwright.cli.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where everything goes, from top to bottom, in pixels: the layered layout of the Eclipse Layout Kernel, which keeps
 * what is in a block inside of its border. Linear segments keep a row of blocks upright; other placements let it drift.
 */
final class LayeredLayout {
  /** Blank between a block's border and what is in it; above, room for its name. */
  private static final double MARGIN = 12;
  private static final double HEADING = 32;
  private static final double BETWEEN = 18;
  private static final double BETWEEN_LAYERS = 26;
  /** Fixed, so that the same picture comes out every time. */
  private static final int SEED = 1;

  private final Map<Integer, ElkNode> boxes = new HashMap<>();
  private final Map<Integer, ElkNode> blocks = new HashMap<>();
  private final List<ElkEdge> edges = new ArrayList<>();

  /** A rectangle, from the picture's upper left corner. */
  record Area(double x, double y, double width, double height) {}

  record Point(double x, double y) {}

  private LayeredLayout() {}

  static LayeredLayout of(NetworkPicture picture) {
    LayeredLayout layout = new LayeredLayout();
    LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    ElkNode root = ElkGraphUtil.createGraph();
    layout.add(picture.root(), root);
    for (NetworkPicture.Edge edge : picture.edges()) {
      layout.edges.add(ElkGraphUtil.createSimpleEdge(layout.boxes.get(edge.from()), layout.boxes.get(edge.to())));
    }
    root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    root.setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
    root.setProperty(LayeredOptions.RANDOM_SEED, SEED);
    root.setProperty(LayeredOptions.MERGE_EDGES, true);
    root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.LINEAR_SEGMENTS);
    new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
    return layout;
  }

  private void add(Block block, ElkNode node) {
    node.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
    node.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    node.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN);
    node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
    double above = block.id() == 0 ? MARGIN : HEADING;
    node.setProperty(LayeredOptions.PADDING, new ElkPadding(above, MARGIN, MARGIN, MARGIN));
    blocks.put(block.id(), node);
    for (Box box : block.boxes()) {
      ElkNode inner = ElkGraphUtil.createNode(node);
      inner.setDimensions(Lettering.width(box), Lettering.height(box));
      boxes.put(box.id(), inner);
    }
    block.blocks().forEach(inner -> add(inner, ElkGraphUtil.createNode(node)));
  }

  Area area(Box box) {
    return area(boxes.get(box.id()));
  }

  Area area(Block block) {
    return area(blocks.get(block.id()));
  }

  private static Area area(ElkNode node) {
    Point at = corner(node);
    return new Area(at.x, at.y, node.getWidth(), node.getHeight());
  }

  /** Positions are relative to the node around. */
  private static Point corner(ElkNode node) {
    if (node.getParent() == null) {
      return new Point(0, 0);
    }
    Point around = corner(node.getParent());
    return new Point(around.x + node.getX(), around.y + node.getY());
  }

  /** The corners of an edge's way, by its index. */
  List<Point> way(int edge) {
    ElkEdge drawn = edges.get(edge);
    Point origin = corner(drawn.getContainingNode());
    List<Point> way = new ArrayList<>();
    for (ElkEdgeSection section : drawn.getSections()) {
      way.add(new Point(origin.x + section.getStartX(), origin.y + section.getStartY()));
      section.getBendPoints().forEach(b -> way.add(new Point(origin.x + b.getX(), origin.y + b.getY())));
      way.add(new Point(origin.x + section.getEndX(), origin.y + section.getEndY()));
    }
    return way;
  }
}
