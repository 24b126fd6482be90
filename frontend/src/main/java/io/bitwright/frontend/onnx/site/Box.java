package io.bitwright.frontend.onnx.site;

import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.List;

/**
 * A tensor of at most four dimensions as a node whose dimensions are the tensor's in some order.
 *
 * @param dims  the file's
 * @param order  of the file's dimensions in the node
 */
public record Box(Node node, List<Integer> dims, List<Integer> order) {
  public static Box of(OperatorSite site, Feature operand) {
    site.requireRank(operand, 1, 4);
    Feature x = Layouts.ordered(site, operand);
    List<Integer> order = x.view().order().orElseThrow();
    return new Box(Layouts.arranged(site, x, order), x.dims(), order);
  }

  /** A part of it as a result of the operator. */
  public Feature slice(OperatorSite site, int result, List<Integer> begin, List<Integer> extent) {
    Op op = new Op.Slice(Layouts.sizes(begin, order), Layouts.sizes(extent, order));
    TensorType type = node.type().withShape(site.shape(Layouts.sizes(extent, order)));
    return site.result(result, op, List.of(node), type, View.ordered(extent, order));
  }
}
