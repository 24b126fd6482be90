package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.fold.Shapes;
import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * MatMul by a constant stack of matrices: a pointwise convolution. Matrices that belong to one on the left each are its
 * groups, those that all on the left meet are further filters; what only the left has are further pixels.
 */
final class BatchedMatrixImport {
  private BatchedMatrixImport() {}

  /** {@code [b.., M, K] * [b.., K, N]}, the stacks broadcast. */
  static Tensor product(OperatorSite site, Feature a, Array b) {
    site.requireRank(a, 2, 8);
    List<Integer> stack = b.dims().subList(0, b.rank() - 2);
    if (stack.stream().allMatch(d -> d == 1) && b.rank() <= a.rank()) {
      Array matrix = b.reshaped(b.dims().subList(b.rank() - 2, b.rank()));
      return MatrixImport.product(site, a, matrix.transposed(List.of(1, 0)));
    }
    int rank = Math.max(a.rank(), b.rank());
    int rows = rank - 2;
    int columns = rank - 1;
    List<Integer> left = aligned(a.dims(), rank);
    List<Integer> right = aligned(b.dims(), rank);
    if (left.get(columns) != right.get(rows).intValue()) {
      throw site.badShape("rows of " + left.get(columns) + " elements meet matrices of " + right.get(rows) + " rows");
    }
    List<Integer> dims = new ArrayList<>(Shapes.broadcast(left.subList(0, rows), right.subList(0, rows)));
    List<Integer> pixels = IntStream.range(0, rows).filter(d -> right.get(d) == 1).boxed().toList();
    List<Integer> filters = IntStream.range(0, rows).filter(d -> left.get(d) == 1 && right.get(d) > 1).boxed().toList();
    List<Integer> groups =
        IntStream.range(0, rows).filter(d -> left.get(d) > 1 && right.get(d) > 1).boxed().toList();
    dims.addAll(List.of(left.get(rows), right.get(columns)));
    int length = left.get(columns);
    int count = product(left, groups);
    int pixelCount = product(left, pixels) * left.get(rows);
    Feature x = new Feature(a.node(), a.view().reshaped(left).orElseThrow());
    List<Integer> order = joined(List.of(pixels, List.of(rows), filters, groups, List.of(columns)));
    Node map = Layouts.reshaped(site, Layouts.moved(site, x, order).node(), List.of(1, pixelCount, 1, count * length));
    int all = count * product(right, filters) * right.get(columns);
    List<Integer> byFilter = joined(List.of(groups, filters, List.of(columns), pixels, List.of(rows)));
    Array weights = b.reshaped(right).transposed(byFilter).reshaped(List.of(all, 1, 1, length));
    Op op = new Op.Conv2d(Window.POINT, count, Clamp.NONE, Rounding.TIES_EVEN);
    return site.result(op, List.of(map, site.constant(weights)), List.of(1, pixelCount, 1, all),
        View.ordered(dims, joined(List.of(pixels, List.of(rows), groups, filters, List.of(columns)))));
  }

  private static List<Integer> aligned(List<Integer> dims, int rank) {
    return joined(List.of(Collections.nCopies(rank - dims.size(), 1), dims));
  }

  private static List<Integer> joined(List<List<Integer>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private static int product(List<Integer> sizes, List<Integer> dims) {
    return dims.stream().map(sizes::get).reduce(1, Math::multiplyExact);
  }
}
