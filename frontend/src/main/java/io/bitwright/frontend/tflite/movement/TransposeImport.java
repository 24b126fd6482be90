package io.bitwright.frontend.tflite.movement;

import io.bitwright.frontend.tflite.schema.FileTensor;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.type.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * TRANSPOSE, DEPTH_TO_SPACE and SPACE_TO_DEPTH: the same codes in another order.
 *
 * <p>Source: tensorflow/lite/kernels/transpose.cc, depth_to_space.cc and space_to_depth.cc.
 */
public final class TransposeImport {
  private static final int SPACE_TO_DEPTH_OPTIONS = 19;
  private static final int DEPTH_TO_SPACE_OPTIONS = 94;

  private TransposeImport() {}

  private static Node operand(OperatorSite site) {
    Node x = site.activation(0);
    site.requireSameQuantization(x);
    return x;
  }

  /** Operands: x, and which of its dimensions each of the result's is. */
  public static Node transpose(OperatorSite site) {
    site.requireOperands(2, 2);
    Node x = operand(site);
    int rank = x.type().shape().rank();
    long[] given = site.integers(1).constant().codes();
    List<Integer> order = Arrays.stream(given).mapToObj(d -> site.axis(d, rank)).toList();
    if (!order.stream().sorted().toList().equals(IntStream.range(0, rank).boxed().toList())) {
      throw site.badShape("order " + Arrays.toString(given) + " does not name each dimension of shape "
          + FileTensor.bracketed(x.type().shape()) + " once");
    }
    return new Steps(site, x).transposed(order).result();
  }

  /** The channels of a pixel become a block of pixels: channel {@code (i * block + j) * C + c} is channel c of pixel (i, j). */
  public static Node depthToSpace(OperatorSite site) {
    Node x = spatial(site);
    int block = block(site, DEPTH_TO_SPACE_OPTIONS);
    Shape in = x.type().shape();
    if (in.dim(3) % ((long) block * block) != 0) {
      throw site.badShape(in.dim(3) + " channels are no multiple of " + (long) block * block);
    }
    int rows = in.dim(0) * in.dim(1);
    int run = in.dim(3) / block;
    return new Steps(site, x).reshaped(List.of(rows, in.dim(2), block, run)).transposed(List.of(0, 2, 1, 3))
        .reshaped(List.of(in.dim(0), in.dim(1) * block, in.dim(2) * block, run / block)).result();
  }

  /** A block of pixels becomes the channels of one. */
  public static Node spaceToDepth(OperatorSite site) {
    Node x = spatial(site);
    int block = block(site, SPACE_TO_DEPTH_OPTIONS);
    Shape in = x.type().shape();
    if (in.dim(1) % block != 0 || in.dim(2) % block != 0) {
      throw site.badShape("a map of " + in.dim(1) + "x" + in.dim(2) + " has no whole blocks of " + block + "x" + block);
    }
    int height = in.dim(1) / block;
    int width = in.dim(2) / block;
    int run = in.dim(3) * block;
    return new Steps(site, x).reshaped(List.of(in.dim(0) * height, block, width, run)).transposed(List.of(0, 2, 1, 3))
        .reshaped(List.of(in.dim(0), height, width, run * block)).result();
  }

  private static Node spatial(OperatorSite site) {
    site.requireOperands(1, 1);
    Node x = operand(site);
    site.requireRank(x, 4);
    return x;
  }

  private static int block(OperatorSite site, int options) {
    int block = site.requiredOptions(options).i32(0, 0);
    if (block < 1) {
      throw site.unsupported("block_size is " + block + " (must be at least 1)");
    }
    return block;
  }
}
