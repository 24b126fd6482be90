package io.bitwright.frontend.onnx.movement;

import io.bitwright.frontend.onnx.fold.Shapes;
import io.bitwright.frontend.onnx.proto.Limits;
import io.bitwright.frontend.onnx.site.Box;
import io.bitwright.frontend.onnx.site.Layouts;
import io.bitwright.frontend.onnx.site.OperatorSite;
import io.bitwright.frontend.onnx.tensor.Array;
import io.bitwright.frontend.onnx.tensor.Feature;
import io.bitwright.frontend.onnx.tensor.Tensor;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Clamp;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Rounding;
import io.bitwright.ir.type.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Resize and Upsample, one dimension after the other: a choice of elements for the nearest one, a weighted sum of two
 * choices for the linear one, of four for the cubic one, of more where a smaller result is filtered.
 *
 * <p>Source: onnx/reference/ops/op_resize.py of the ONNX project.
 */
public final class ResizeImport {
  private static final Op SUM = new Op.Add(Clamp.NONE, Rounding.TIES_EVEN);
  private static final Set<String> MODES = Set.of("nearest", "linear", "bilinear", "cubic");
  private static final int MOST_TAPS = 64;
  private static final Op PRODUCT = new Op.Mul(Clamp.NONE, Rounding.TIES_EVEN);

  private final OperatorSite site;
  private final Feature x;
  private final String mode;
  private final String coordinates;
  private final String nearest;
  private final float extrapolation;
  private final float coefficient;
  private final boolean excludes;
  private final boolean antialias;

  private ResizeImport(OperatorSite site, String coordinates, String nearest) {
    this.site = site;
    this.mode = site.attributes().text("mode", "nearest");
    this.x = mode.equals("nearest") ? site.any(0) : site.feature(0);
    this.coordinates = coordinates;
    this.nearest = nearest;
    this.extrapolation = site.attributes().real("extrapolation_value", 0);
    this.coefficient = site.attributes().real("cubic_coeff_a", -0.75f);
    this.excludes = site.attributes().integer("exclude_outside", 0) != 0;
    this.antialias = site.attributes().integer("antialias", 0) != 0;
    if (!MODES.contains(mode)) {
      throw site.unsupported("mode is '" + mode + "' (must be nearest, linear or cubic)");
    }
  }

  public static Tensor upsample(OperatorSite site) {
    ResizeImport resize = new ResizeImport(site, "asymmetric", "floor");
    List<Float> scales = site.attributes().reals("scales").orElseGet(() -> reals(site.reals(1, "the scales")));
    return resize.build(resize.byScales(scales, Layouts.natural(resize.x.rank())));
  }

  public static Tensor resize(OperatorSite site) {
    if (site.opset() < 11) {
      return upsample(site);
    }
    ResizeImport resize = new ResizeImport(site,
        site.attributes().text("coordinate_transformation_mode", "half_pixel"),
        site.attributes().text("nearest_mode", "round_prefer_floor"));
    int rank = resize.x.rank();
    List<Integer> axes = site.attributes().integers("axes")
        .map(given -> given.stream().map(a -> Shapes.axis(a, rank)).toList()).orElse(Layouts.natural(rank));
    String policy = site.attributes().text("keep_aspect_ratio_policy", "stretch");
    boolean scaled = site.has(2) && site.constant(2, "the scales").data().elements() > 0;
    return resize.build(scaled ? resize.byScales(reals(site.reals(2, "the scales")), axes)
        : resize.bySizes(site.constant(3, "the sizes").integers(), axes, policy));
  }

  private static List<Float> reals(Array array) {
    return IntStream.range(0, array.data().elements()).mapToObj(array::real).toList();
  }

  /** How one dimension changes. {@code start} and {@code end} are its region of interest in tf_crop_and_resize. */
  private record Change(int axis, int input, int output, double scale, double start, double end) {}

  private Change change(int axis, long output, double scale, List<Integer> axes) {
    int input = x.dims().get(axis);
    if (output < 1 || output > Limits.WINDOW_PIXELS || !(scale > 0)) {
      throw site.unsupported("dimension " + axis + " of size " + input + " would become " + output);
    }
    if (!coordinates.equals("tf_crop_and_resize")) {
      return new Change(axis, input, (int) output, scale, 0, 1);
    }
    List<Float> region = reals(site.reals(1, "the region of interest"));
    if (region.size() != 2 * axes.size()) {
      throw site.badShape("the region of interest has " + region.size() + " numbers (must have " + 2 * axes.size()
          + ")");
    }
    int at = axes.indexOf(axis);
    return new Change(axis, input, (int) output, scale, region.get(at), region.get(at + axes.size()));
  }

  private List<Change> byScales(List<Float> scales, List<Integer> axes) {
    requireCount(scales.size(), axes);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      double scale = scales.get(i);
      changes.add(change(axes.get(i), (long) Math.floor(x.dims().get(axes.get(i)) * scale), scale, axes));
    }
    return changes;
  }

  private List<Change> bySizes(long[] sizes, List<Integer> axes, String policy) {
    requireCount(sizes.length, axes);
    double common = policy.equals("not_larger") ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < sizes.length; i++) {
      double scale = sizes[i] / (double) x.dims().get(axes.get(i));
      common = policy.equals("not_larger") ? Math.min(common, scale) : Math.max(common, scale);
    }
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      int input = x.dims().get(axes.get(i));
      boolean stretches = policy.equals("stretch");
      long output = stretches ? sizes[i] : (long) Math.floor(common * input + 0.5);
      changes.add(change(axes.get(i), output, stretches ? output / (double) input : common, axes));
    }
    return changes;
  }

  private void requireCount(int given, List<Integer> axes) {
    if (given != axes.size()) {
      throw site.badShape("it has " + given + " scales or sizes for " + axes.size() + " dimensions");
    }
  }

  private Tensor build(List<Change> changes) {
    Box box = Box.of(site, x);
    List<Integer> dims = new ArrayList<>(x.dims());
    Node node = box.node();
    for (Change change : changes) {
      double[] positions = IntStream.range(0, change.output).mapToDouble(i -> position(change, i)).toArray();
      boolean same = change.input == change.output && IntStream.range(0,
          positions.length).allMatch(i -> positions[i] == i);
      if (!same) {
        dims.set(change.axis, change.output);
        int axis = box.order().indexOf(change.axis);
        boolean[] outside = outside(change, positions);
        node = mode.equals("nearest") ? nearest(node, axis, change, positions)
            : filtered(node, axis, change, positions);
        node = extrapolated(node, axis, outside);
      }
    }
    View view = View.ordered(dims, box.order());
    return node == box.node() ? site.seen(new Feature(node, view), view) : MovementImport.last(site, node, view);
  }

  /** Where an output lies among the inputs. */
  private double position(Change c, int i) {
    return switch (coordinates) {
      case "half_pixel" -> (i + 0.5) / c.scale - 0.5;
      case "half_pixel_symmetric" -> c.input / 2.0 * (1 - c.output / (c.scale * c.input)) + (i + 0.5) / c.scale - 0.5;
      case "pytorch_half_pixel" -> c.output > 1 ? (i + 0.5) / c.scale - 0.5 : 0;
      case "align_corners" -> c.output > 1 ? i * (c.input - 1.0) / (c.scale * c.input - 1) : 0;
      case "asymmetric" -> i / c.scale;
      case "tf_half_pixel_for_nn" -> (i + 0.5) / c.scale;
      case "tf_crop_and_resize" -> cropped(c, i);
      default -> throw site.unsupported("coordinate_transformation_mode '" + coordinates + "' is not known");
    };
  }

  private double cropped(Change c, int i) {
    return c.output > 1 ? c.start * (c.input - 1) + i * (c.end - c.start) * (c.input - 1) / (c.output - 1)
        : 0.5 * (c.start + c.end) * (c.input - 1);
  }

  /** Which outputs a region of interest puts outside of the map. */
  private boolean[] outside(Change change, double[] positions) {
    boolean[] outside = new boolean[positions.length];
    for (int i = 0; i < outside.length; i++) {
      outside[i] = coordinates.equals("tf_crop_and_resize") && (positions[i] < 0 || positions[i] > change.input - 1);
    }
    return outside;
  }

  /** The extrapolation value where an output lies outside of the map. */
  private Node extrapolated(Node node, int axis, boolean[] outside) {
    float[] kept = new float[outside.length];
    float[] added = new float[outside.length];
    boolean any = false;
    for (int i = 0; i < outside.length; i++) {
      kept[i] = outside[i] ? 0 : 1;
      added[i] = outside[i] ? extrapolation : 0;
      any |= outside[i];
    }
    if (!any) {
      return node;
    }
    List<Integer> dims = node.type().shape().dims();
    Node inside = site.inserted(PRODUCT,
        List.of(node, PaddingImport.along(site, "inside", dims.size(), axis, kept)), dims);
    return site.inserted(SUM, List.of(inside, PaddingImport.along(site, "outside", dims.size(), axis, added)), dims);
  }

  private Node nearest(Node node, int axis, Change change, double[] positions) {
    List<Integer> indices = Arrays.stream(positions).mapToObj(p -> clamped(switch (nearest) {
      case "round_prefer_floor" -> Math.ceil(p - 0.5);
      case "round_prefer_ceil" -> Math.floor(p + 0.5);
      case "floor" -> Math.floor(p);
      case "ceil" -> Math.ceil(p);
      default -> throw site.unsupported("nearest_mode '" + nearest + "' is not known");
    }, change)).toList();
    return MovementImport.gathered(site, node, axis, indices);
  }

  private static int clamped(double index, Change change) {
    return (int) Math.max(0, Math.min(change.input - 1, index));
  }

  private Node linear(Node node, int axis, Change change, double[] positions) {
    float[] upper = new float[positions.length];
    float[] lower = new float[positions.length];
    for (int i = 0; i < positions.length; i++) {
      upper[i] = (float) (positions[i] - Math.floor(positions[i]));
      lower[i] = 1 - upper[i];
    }
    Node below = weighted(node, axis, indices(positions, 0, change), lower);
    Node above = weighted(node, axis, indices(positions, 1, change), upper);
    return site.inserted(SUM, List.of(below, above), below.type().shape().dims());
  }

  private Node filtered(Node node, int axis, Change change, double[] positions) {
    boolean cubic = mode.equals("cubic");
    if (!cubic && !antialias) {
      return linear(node, axis, change, positions);
    }
    ResizeFilter filter =
        new ResizeFilter(cubic, coefficient, cubic && excludes, antialias ? Math.min(1, change.scale) : 1);
    if (filter.taps() > MOST_TAPS) {
      throw site.unsupported("an element is a sum of " + filter.taps() + " (must be at most " + MOST_TAPS + ")");
    }
    MovementImport.requireFew(site, positions.length);
    double[][] all = Arrays.stream(positions).mapToObj(p -> filter.weights(p, change.input)).toArray(double[][]::new);
    Node sum = null;
    for (int t = 0; t < filter.taps(); t++) {
      float[] weights = new float[positions.length];
      List<Integer> indices = new ArrayList<>();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) all[i][t];
        indices.add(clamped(filter.first(positions[i]) + t, change));
      }
      Node tap = weighted(node, axis, indices, weights);
      sum = sum == null ? tap : site.inserted(SUM, List.of(sum, tap), tap.type().shape().dims());
    }
    return sum;
  }

  private static List<Integer> indices(double[] positions, int offset, Change change) {
    return Arrays.stream(positions).mapToObj(p -> clamped(Math.floor(p) + offset, change)).toList();
  }

  private Node weighted(Node node, int axis, List<Integer> indices, float[] weights) {
    Node chosen = MovementImport.gathered(site, node, axis, indices);
    List<Integer> dims = chosen.type().shape().dims();
    Node factor = PaddingImport.along(site, "weights", dims.size(), axis, weights);
    return site.inserted(PRODUCT, List.of(chosen, factor), dims);
  }
}
