package io.bitwright.frontend.onnx.site;

import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.List;

/**
 * A feature map N, C, H, W as a node N, H, W, C. One of N, C, L is seen as one row.
 *
 * @param flat  whether it is one of N, C, L
 * @param node  N, H, W, C
 */
public record SpatialOperand(OperatorSite site, boolean flat, Node node) {
  public static SpatialOperand of(OperatorSite site, int operand) {
    return of(site, site.feature(operand));
  }

  public static SpatialOperand of(OperatorSite site, Feature x) {
    site.requireRank(x, 3, 4);
    boolean flat = x.rank() == 3;
    Feature wide = flat ? new Feature(x.node(), x.view().reshaped(widened(x.dims())).orElseThrow()) : x;
    return new SpatialOperand(site, flat, Layouts.arranged(site, wide, Layouts.CHANNELS_LAST));
  }

  private static List<Integer> widened(List<Integer> dims) {
    List<Integer> wide = new ArrayList<>(dims);
    wide.add(2, 1);
    return wide;
  }

  /** Weights with a dimension of rows. */
  public Array widened(Array weights) {
    return flat && weights.rank() == 3 ? weights.reshaped(widened(weights.dims())) : weights;
  }

  /** An attribute with an entry a dimension, for rows and columns. */
  public List<Long> widened(List<Long> entries, long rows) {
    List<Long> wide = new ArrayList<>(entries);
    if (flat) {
      for (int i = 0; i < entries.size(); i++) {
        wide.add(2 * i, rows);
      }
    }
    return wide;
  }

  public int channels() {
    return node.type().shape().dim(3);
  }

  public int rows() {
    return node.type().shape().dim(1);
  }

  public int columns() {
    return node.type().shape().dim(2);
  }

  /** The operator's result for a window that slides over the map. */
  public Feature result(Op op, List<Node> operands, Window window, int filters) {
    return result(op, operands, window.outputH(rows()), window.outputW(columns()), filters);
  }

  public Feature result(Op op, List<Node> operands, int rows, int columns, int filters) {
    List<Integer> dims = List.of(node.type().shape().dim(0), filters, rows, columns);
    TensorType type = node.type().withShape(site.shape(Layouts.sizes(dims, Layouts.CHANNELS_LAST)));
    Feature wide = site.result(0, op, operands, type, View.ordered(dims, Layouts.CHANNELS_LAST));
    List<Integer> narrow = List.of(dims.get(0), filters, columns);
    return flat ? new Feature(wide.node(), wide.view().reshaped(narrow).orElseThrow()) : wide;
  }
}
