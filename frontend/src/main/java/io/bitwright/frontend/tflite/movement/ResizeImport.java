package io.bitwright.frontend.tflite.movement;

import io.bitwright.frontend.flatbuffer.FlatTable;
import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.type.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR: x [N, H, W, C] to [N, H', W', C] with the operand's scale and zero point;
 * operand 1 is [H', W'].
 *
 * <p>Source: tensorflow/lite/kernels/resize_nearest_neighbor.cc and resize_bilinear.cc.
 */
public final class ResizeImport {
  private static final int BILINEAR_OPTIONS = 15;
  private static final int NEAREST_OPTIONS = 74;

  private ResizeImport() {}

  public static Node nearest(OperatorSite site) {
    FlatTable options = site.requiredOptions(NEAREST_OPTIONS);
    Node x = operand(site);
    boolean align = options.flag(0);
    boolean half = options.flag(1);
    Shape in = x.type().shape();
    List<Integer> size = size(site, in);
    Steps steps = new Steps(site, x);
    for (int axis = 1; axis <= 2; axis++) {
      site.claimIndices(size.get(axis));
      List<Integer> indices = nearest(in.dim(axis), size.get(axis), align, half);
      if (indices.size() != in.dim(axis) || !indices.equals(IntStream.range(0, in.dim(axis)).boxed().toList())) {
        steps.gathered(axis, indices);
      }
    }
    return steps.result();
  }

  /** Which input index each output index reads; f32 as in reference/resize_nearest_neighbor.h, GetNearestNeighbor. */
  private static List<Integer> nearest(int input, int output, boolean align, boolean half) {
    float scale = align && output > 1 ? (input - 1) / (float) (output - 1) : input / (float) output;
    float offset = half ? 0.5f : 0;
    return IntStream.range(0, output).mapToObj(i -> {
      float position = (i + offset) * scale;
      int index = (int) (align ? Math.floor(position + 0.5) : Math.floor(position));
      return Math.max(0, Math.min(index, input - 1));
    }).toList();
  }

  public static Node bilinear(OperatorSite site) {
    FlatTable options = site.requiredOptions(BILINEAR_OPTIONS);
    Node x = operand(site);
    boolean align = options.flag(2);
    boolean half = options.flag(3);
    if (align && half) {
      throw site.unsupported("align_corners and half_pixel_centers are both true (at most one may be)");
    }
    site.requireResultShape(size(site, x.type().shape()));
    return site.node(new Op.ResizeBilinear(align, half), x);
  }

  private static Node operand(OperatorSite site) {
    site.requireOperands(2, 2);
    Node x = site.activation(0);
    site.requireRank(x, 4);
    site.requireSameQuantization(x);
    return x;
  }

  private static List<Integer> size(OperatorSite site, Shape in) {
    long[] size = site.integers(1).constant().codes();
    if (size.length != 2 || Math.min(size[0], size[1]) < 1 || Math.max(size[0], size[1]) > Limits.WINDOW_PIXELS) {
      throw site.badShape("the new size " + Arrays.toString(size) + " is none (must be height and width, 1 to "
          + Limits.WINDOW_PIXELS + ")");
    }
    return List.of(in.dim(0), (int) size[0], (int) size[1], in.dim(3));
  }
}
