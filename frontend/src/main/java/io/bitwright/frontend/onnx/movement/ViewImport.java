package io.bitwright.frontend.onnx.movement;

import io.bitwright.frontend.onnx.fold.Shapes;
import io.bitwright.frontend.onnx.proto.DataType;
import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that show the same elements in another way: nothing is computed, and most often nothing is moved. */
public final class ViewImport {
  private ViewImport() {}

  public static Tensor identity(OperatorSite site) {
    Feature x = site.any(0);
    return site.seen(x, x.view());
  }

  /** Dropout leaves its operand as it is unless it trains. */
  public static List<Tensor> dropout(OperatorSite site) {
    boolean masks = site.isUsed(1) && site.opset() >= 10 && site.tensor(0).type() == DataType.FLOAT;
    if (!masks) {
      site.requireOneResult("the mask");
    }
    site.attributes().ignore("ratio");
    site.attributes().ignore("seed");
    site.attributes().ignore("is_test");
    if (site.optional(2, "training_mode").filter(t -> t.integer(0) != 0).isPresent()) {
      throw site.unsupported("training_mode is true (must be false)");
    }
    Tensor result = site.tensor(0) instanceof Array known ? known : identity(site);
    return masks ? List.of(result, mask(site)) : List.of(result);
  }

  /** All true. Outputs depend on an input: each element is made of one of the operand's. */
  private static Feature mask(OperatorSite site) {
    Feature x = site.feature(0);
    List<Integer> dims = x.node().type().shape().dims();
    Node ones = site.inserted(new Op.Clip(new Clamp(1, 1), Rounding.TIES_EVEN), List.of(x.node()), dims);
    TensorType type = TensorType.quantized(site.shape(dims), ElementType.U8, 1, 0);
    return site.result(1, new Op.Quantize(Rounding.TIES_EVEN), List.of(ones), type, x.view());
  }

  public static Tensor transpose(OperatorSite site) {
    Feature x = site.any(0);
    List<Long> reversed = IntStream.range(0, x.rank()).mapToObj(d -> (long) x.rank() - 1 - d).toList();
    List<Integer> order = site.attributes().integers("perm").orElse(reversed).stream()
        .map(d -> Shapes.axis(d, x.rank())).toList();
    if (order.size() != x.rank() || order.stream().distinct().count() != x.rank()) {
      throw site.badShape("perm " + order + " does not name each of " + x.rank() + " dimensions once");
    }
    return site.seen(x, x.view().transposed(order));
  }

  public static Tensor reshape(OperatorSite site) {
    Feature x = site.any(0);
    List<Long> target = site.integers("shape", 1).orElseThrow(() -> site.unsupported("it has no shape"));
    boolean allowZero = site.attributes().integer("allowzero", 0) != 0;
    return shown(site, x, Shapes.reshaped(x, target.stream().mapToLong(d -> d).toArray(), allowZero));
  }

  public static Tensor flatten(OperatorSite site) {
    Feature x = site.any(0);
    long given = site.attributes().integer("axis", 1);
    int axis = given == x.rank() ? x.rank() : Shapes.axis(given, x.rank());
    int outer = x.dims().subList(0, axis).stream().reduce(1, Math::multiplyExact);
    return shown(site, x, List.of(outer, x.elements() / outer));
  }

  public static Tensor squeeze(OperatorSite site) {
    Feature x = site.any(0);
    List<Integer> ones = IntStream.range(0, x.rank()).filter(d -> x.dims().get(d) == 1).boxed().toList();
    List<Integer> axes = site.integers("axes", 1).map(a -> Shapes.axes(a, x.rank())).orElse(ones);
    return shown(site, x, Shapes.squeezed(x.dims(), axes));
  }

  public static Tensor unsqueeze(OperatorSite site) {
    Feature x = site.any(0);
    List<Long> axes = site.integers("axes", 1).orElseThrow(() -> site.unsupported("it has no axes"));
    return shown(site, x, Shapes.unsqueezed(x.dims(), axes));
  }

  /** The elements in C order under another shape; they are moved only where no view shows them so. */
  private static Feature shown(OperatorSite site, Feature x, List<Integer> dims) {
    Optional<View> view = x.view().reshaped(dims);
    if (view.isPresent()) {
      return site.seen(x, view.get());
    }
    Feature natural = Layouts.moved(site, x, Layouts.natural(x.rank()));
    return site.seen(natural, natural.view().reshaped(dims).orElseThrow());
  }

  /** Blocks of channels become pixels. DCR: the block is the outer part of the channel; CRD: the inner one. */
  public static Tensor depthToSpace(OperatorSite site) {
    Feature x = site.any(0);
    site.requireRank(x, 4, 4);
    int block = block(site);
    String mode = site.attributes().text("mode", "DCR");
    boolean outer = mode.equals("DCR");
    if (!outer && !mode.equals("CRD")) {
      throw site.unsupported("mode is '" + mode + "' (must be DCR or CRD)");
    }
    List<Integer> d = x.dims();
    if (d.get(1) % (block * block) != 0) {
      throw site.badShape(d.get(1) + " channels are no multiple of " + block * block);
    }
    int channels = d.get(1) / (block * block);
    List<Integer> split = outer ? List.of(d.get(0), block, block, channels, d.get(2), d.get(3))
        : List.of(d.get(0), channels, block, block, d.get(2), d.get(3));
    List<Integer> order = outer ? List.of(0, 3, 4, 1, 5, 2) : List.of(0, 1, 4, 2, 5, 3);
    return rearranged(site, x, split, order, List.of(d.get(0), channels, d.get(2) * block, d.get(3) * block));
  }

  public static Tensor spaceToDepth(OperatorSite site) {
    Feature x = site.any(0);
    site.requireRank(x, 4, 4);
    int block = block(site);
    List<Integer> d = x.dims();
    if (d.get(2) % block != 0 || d.get(3) % block != 0) {
      throw site.badShape("a map of " + d.get(2) + "x" + d.get(3) + " has no whole blocks of " + block);
    }
    List<Integer> split = List.of(d.get(0), d.get(1), d.get(2) / block, block, d.get(3) / block, block);
    return rearranged(site, x, split, List.of(0, 3, 5, 1, 2, 4),
        List.of(d.get(0), d.get(1) * block * block, d.get(2) / block, d.get(3) / block));
  }

  private static int block(OperatorSite site) {
    long block = site.attributes().integer("blocksize", 0);
    if (block < 1 || block > 64) {
      throw site.unsupported("blocksize is " + block + " (must be 1 to 64)");
    }
    return (int) block;
  }

  private static Feature rearranged(OperatorSite site, Feature x, List<Integer> split, List<Integer> order,
      List<Integer> dims) {
    Feature whole = x.view().reshaped(split).isPresent() ? x : Layouts.moved(site, x, Layouts.natural(4));
    View view = whole.view().reshaped(split).orElseThrow().transposed(order).reshaped(dims).orElseThrow();
    return site.seen(whole, view);
  }

  /** Shape and Size of a tensor whose contents need not be known. */
  public static Tensor shape(OperatorSite site) {
    List<Integer> dims = site.tensor(0).dims();
    int start = limited(site.attributes().integer("start", 0), dims.size());
    int end = limited(site.attributes().integer("end", dims.size()), dims.size());
    List<Long> sizes = new ArrayList<>();
    for (int d = start; d < end; d++) {
      sizes.add((long) dims.get(d));
    }
    return Array.ofIntegers(site.resultName(0), sizes);
  }

  private static int limited(long index, int rank) {
    return (int) Math.max(0, Math.min(rank, index < 0 ? index + rank : index));
  }

  public static Tensor size(OperatorSite site) {
    return Array.ofIntegers(site.resultName(0), List.of((long) site.tensor(0).elements())).reshaped(List.of());
  }
}
