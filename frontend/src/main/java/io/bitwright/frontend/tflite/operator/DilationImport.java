package io.bitwright.frontend.tflite.operator;

import io.bitwright.frontend.tflite.schema.Limits;
import io.bitwright.frontend.tflite.site.OperatorSite;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.op.Padding;
import io.bitwright.ir.op.Window;
import io.bitwright.ir.type.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * SPACE_TO_BATCH_ND, CONV_2D or DEPTHWISE_CONV_2D, and BATCH_TO_SPACE_ND as one dilated convolution.
 *
 * <p>SPACE_TO_BATCH_ND puts rows and columns of real zero around x and takes it apart into images of every block-th pixel, on
 * which a tap next to another one is block pixels away; BATCH_TO_SPACE_ND puts the results together and crops them. Source:
 * tensorflow/lite/kernels/space_to_batch_nd.cc and batch_to_space_nd.cc.
 */
public final class DilationImport {
  private DilationImport() {}

  /** One of the outer two where the other two are not beside it. */
  static Node alone(OperatorSite site) {
    throw site.unsupported("it is supported only around a convolution (must be SPACE_TO_BATCH_ND, CONV_2D or"
        + " DEPTHWISE_CONV_2D, BATCH_TO_SPACE_ND, of which nothing else reads the results in between)");
  }

  /**
   * Block sizes, and rows and columns before and after: paddings or crops.
   *
   * @param edges  top, bottom, left, right
   */
  private record Blocks(int height, int width, int[] edges) {
    static Blocks of(OperatorSite site, String what) {
      site.requireOperands(3, 3);
      long[] sizes = site.integers(1).constant().codes();
      if (sizes.length != 2 || Math.min(sizes[0], sizes[1]) < 1
          || Math.max(sizes[0], sizes[1]) > Limits.WINDOW_PIXELS) {
        throw site.unsupported("the block shape is " + Arrays.toString(sizes) + " (must be height and width, 1 to "
            + Limits.WINDOW_PIXELS + ")");
      }
      long[] edges = site.integers(2).constant().codes();
      if (edges.length != 4 || Arrays.stream(edges).anyMatch(e -> e < 0 || e > Limits.WINDOW_PIXELS)) {
        throw site.unsupported("the " + what + " are " + Arrays.toString(edges) + " (must be two for rows and two for"
            + " columns, 0 to " + Limits.WINDOW_PIXELS + ")");
      }
      return new Blocks((int) sizes[0], (int) sizes[1], Arrays.stream(edges).mapToInt(e -> (int) e).toArray());
    }

    int rows() {
      return edges[0] + edges[1];
    }

    int columns() {
      return edges[2] + edges[3];
    }
  }

  /** The result of the last of three operators, of which only the outer operands and the last result are seen outside. */
  public static Node convolution(OperatorSite spaceToBatch, OperatorSite convolution, OperatorSite batchToSpace) {
    Node x = spaceToBatch.feature(0);
    spaceToBatch.requireRank(x, 4);
    spaceToBatch.requireSameQuantization(x);
    Blocks apart = Blocks.of(spaceToBatch, "paddings");
    Blocks together = Blocks.of(batchToSpace, "crops");
    if (apart.height != together.height || apart.width != together.width) {
      throw batchToSpace.unsupported("its block is " + together.height + "x" + together.width
          + " (must be that of SPACE_TO_BATCH_ND, " + apart.height + "x" + apart.width + ")");
    }
    Node images = images(spaceToBatch, x, apart);
    Node inner = convolution.name().equals("CONV_2D") ? ConvolutionImport.conv2d(convolution, images)
        : ConvolutionImport.depthwiseConv2d(convolution, images);
    batchToSpace.requireSameQuantization(inner);
    Shape out = inner.type().shape();
    batchToSpace.requireResultShape(List.of(x.type().shape().dim(0), out.dim(1) * apart.height - together.rows(),
        out.dim(2) * apart.width - together.columns(), out.dim(3)));
    Node[] operands = inner.operands().toArray(Node[]::new);
    operands[0] = x;
    return batchToSpace.node(dilated(inner.op(), convolution, batchToSpace, apart, together), operands);
  }

  /** What the convolution reads; it stands in for its type and does not get into the graph. */
  private static Node images(OperatorSite site, Node x, Blocks apart) {
    Shape in = x.type().shape();
    int height = in.dim(1) + apart.rows();
    int width = in.dim(2) + apart.columns();
    if (height % apart.height != 0 || width % apart.width != 0) {
      throw site.badShape("a padded map of " + height + "x" + width + " has no whole blocks of " + apart.height + "x"
          + apart.width);
    }
    long batches = (long) in.dim(0) * apart.height * apart.width;
    site.requireResultShape(List.of((int) Math.min(batches, Integer.MAX_VALUE), height / apart.height,
        width / apart.width, in.dim(3)));
    return site.node(new Op.Reshape(), x);
  }

  private static Op dilated(
      Op inner, OperatorSite convolution, OperatorSite batchToSpace, Blocks apart, Blocks together) {
    if (inner instanceof Op.Conv2d conv) {
      Window window = dilated(conv.window(), convolution, batchToSpace, apart, together);
      return new Op.Conv2d(window, conv.groups(), conv.clamp(), conv.rounding());
    }
    Op.DepthwiseConv2d conv = (Op.DepthwiseConv2d) inner;
    Window window = dilated(conv.window(), convolution, batchToSpace, apart, together);
    return new Op.DepthwiseConv2d(window, conv.multiplier(), conv.clamp(), conv.rounding());
  }

  private static Window dilated(
      Window w, OperatorSite convolution, OperatorSite batchToSpace, Blocks apart, Blocks together) {
    if (w.strideH() != 1 || w.strideW() != 1 || w.dilationH() != 1 || w.dilationW() != 1) {
      throw convolution.unsupported("stride " + w.strideH() + "x" + w.strideW() + " and dilation " + w.dilationH() + "x"
          + w.dilationW() + " are not supported behind SPACE_TO_BATCH_ND (must be 1x1)");
    }
    long[] inner = {(long) w.padding().top() * apart.height, (long) w.padding().bottom() * apart.height,
        (long) w.padding().left() * apart.width, (long) w.padding().right() * apart.width};
    int[] sides = new int[4];
    for (int i = 0; i < 4; i++) {
      long side = inner[i] + apart.edges[i] - together.edges[i];
      if (side < 0 || side > Limits.WINDOW_PIXELS) {
        throw batchToSpace.unsupported("crops " + Arrays.toString(together.edges) + " behind paddings "
            + Arrays.toString(apart.edges) + " are not supported (must take away no more than was put around)");
      }
      sides[i] = (int) side;
    }
    if (Math.max((w.kernelH() - 1L) * apart.height, (w.kernelW() - 1L) * apart.width) >= Limits.WINDOW_PIXELS) {
      throw convolution.unsupported("its dilated window is longer than " + Limits.WINDOW_PIXELS + " pixels");
    }
    return new Window(w.kernelH(), w.kernelW(), 1, 1, apart.height, apart.width,
        new Padding(sides[0], sides[1], sides[2], sides[3]));
  }
}
