package io.bitwright.frontend.onnx.operator;

import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.View;
import io.bitwright.ir.type.View.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gemm and MatMul by a constant matrix. Where a row's elements lie in memory in another order than in the file, as
 * after a flattened feature map, the matrix takes that order.
 */
final class MatrixImport {
  private static final Op FULLY_CONNECTED = new Op.FullyConnected(Clamp.NONE, Rounding.TIES_EVEN);
  private static final Op SUM = new Op.Add(Clamp.NONE, Rounding.TIES_EVEN);

  private MatrixImport() {}

  /** {@code alpha * A * B + beta * C}; C for each column becomes the bias. */
  static Tensor gemm(OperatorSite site) {
    site.requireOperands(2, 3);
    Feature a = site.feature(0);
    site.requireRank(a, 2, 2);
    if (site.attributes().integer("transA", 0) != 0) {
      a = new Feature(a.node(), a.view().transposed(List.of(1, 0)));
    }
    Array b = site.reals(1, "matrix B");
    site.requireRank(b, 2, 2);
    Array rows = site.attributes().integer("transB", 0) != 0 ? b : b.transposed(List.of(1, 0));
    Array weights = scaled(rows, site.attributes().real("alpha", 1));
    float beta = site.attributes().real("beta", 1);
    site.attributes().ignore("broadcast");
    int columns = weights.dims().get(0);
    Optional<Array> c = site.has(2) ? Optional.of(scaled(site.reals(2, "matrix C"), beta)) : Optional.empty();
    Optional<Array> bias = c.flatMap(m -> bias(m, columns));
    if (c.isEmpty() || bias.isPresent()) {
      return product(site, a, weights, bias, Optional.empty());
    }
    return product(site, a, weights, Optional.empty(), c);
  }

  private static Array scaled(Array array, float factor) {
    if (factor == 1) {
      return array;
    }
    float[] values = array.reals();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Array.ofReals(array.name(), array.dims(), values);
  }

  /** One number a column, or one number for all. */
  private static Optional<Array> bias(Array c, int columns) {
    int elements = c.data().elements();
    boolean row = elements == columns && (c.rank() == 1 || c.rank() == 2 && c.dims().get(0) == 1);
    if (!row && elements != 1) {
      return Optional.empty();
    }
    if (c.dims().equals(List.of(columns))) {
      return Optional.of(c);
    }
    return Optional.of(c.picked(List.of(columns), c.reshaped(List.of(elements)).broadcast(List.of(columns))));
  }

  static Tensor matMul(OperatorSite site) {
    site.requireOperands(2, 2);
    Feature a = site.feature(0);
    Array b = site.reals(1, "the right matrix");
    if (b.rank() > 2) {
      return BatchedMatrixImport.product(site, a, b);
    }
    site.requireRank(a, 1, 4);
    site.requireRank(b, 2, 2);
    return product(site, a, b.transposed(List.of(1, 0)), Optional.empty(), Optional.empty());
  }

  /** The last dimension times a matrix O, K. */
  static Tensor product(OperatorSite site, Feature operand, Array matrix) {
    return product(site, operand, matrix, Optional.empty(), Optional.empty());
  }

  /** The last dimension times a matrix O, K, plus a bias O, plus a matrix of the result's shape. */
  private static Feature product(
      OperatorSite site, Feature operand, Array matrix, Optional<Array> bias, Optional<Array> sum) {
    int last = operand.rank() - 1;
    int length = operand.dims().get(last);
    if (matrix.dims().get(1) != length) {
      throw site.badShape("rows of " + length + " elements meet a matrix of " + matrix.dims().get(1) + " rows");
    }
    Feature x = hasRowsTogether(operand) ? operand : Layouts.moved(site, operand, Layouts.natural(operand.rank()));
    List<Integer> dims = new ArrayList<>(x.dims());
    Node node = Layouts.reshaped(site, x.node(), dims);
    Array weights = inMemory(matrix, x.view().positions(last, last + 1));
    List<Node> operands = new ArrayList<>(List.of(node,
        site.constant(weights)));
    bias.ifPresent(b -> operands.add(site.constant(b)));
    dims.set(last, weights.dims().get(0));
    View view = View.natural(dims);
    if (sum.isEmpty()) {
      return site.result(FULLY_CONNECTED, operands, dims, view);
    }
    Array c = sum.get();
    if (c.rank() > dims.size()) {
      throw site.badShape("matrix C of shape " + c.dims() + " does not broadcast to " + dims);
    }
    Node product = site.inserted(FULLY_CONNECTED, operands, dims);
    Node addend = site.constant(c.name(), dims, c.picked(dims, c.broadcast(dims)).data());
    return site.result(SUM, List.of(product, addend), dims, view);
  }

  /** Whether each row's elements are neighbours in memory, in whatever order, and the rows in the file's. */
  private static boolean hasRowsTogether(Feature x) {
    int last = x.rank() - 1;
    int length = x.dims().get(last);
    boolean inside = x.view().dims().get(last).stream().allMatch(l -> l.stride() < length);
    List<List<Loop>> outer = x.view().dims().subList(0, last);
    List<Loop> rows = new View(List.of(outer.stream().flatMap(List::stream).toList())).loops();
    return inside && (rows.isEmpty() || rows.size() == 1 && rows.get(0).stride() == length);
  }

  /** A matrix whose columns follow the order of a row's elements in memory. */
  private static Array inMemory(Array matrix, int[] positions) {
    int length = positions.length;
    int[] from = new int[matrix.data().elements()];
    for (int i = 0; i < from.length; i++) {
      from[i / length * length + positions[i % length]] = i;
    }
    return matrix.pickedInRows(from);
  }
}
