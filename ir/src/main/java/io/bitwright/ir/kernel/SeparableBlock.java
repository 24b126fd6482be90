package io.bitwright.ir.kernel;

import io.bitwright.ir.kernel.Kernel.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * An int8 depthwise convolution and the pointwise one that reads it: what the streaming back ends render as one stage.
 * The 8-bit requantisation between the two stays. One image; weights have no zero point.
 */
public record SeparableBlock(Kernel.Dot depthwise, Kernel.Dot pointwise) {
  public SeparableBlock {
    if (!isBlock(depthwise, pointwise)) {
      throw new IllegalArgumentException("not a depthwise + pointwise block of int8 weights without zero points");
    }
  }

  /** All blocks of consecutive kernels, in order. */
  public static List<SeparableBlock> in(Program program) {
    List<SeparableBlock> blocks = new ArrayList<>();
    for (int i = 1; i < program.kernels().size(); i++) {
      if (program.kernels().get(i - 1) instanceof Kernel.Dot first
          && program.kernels().get(i) instanceof Kernel.Dot second && isBlock(first, second)) {
        blocks.add(new SeparableBlock(first, second));
      }
    }
    return blocks;
  }

  private static boolean isBlock(Kernel.Dot first, Kernel.Dot second) {
    boolean shaped = first.connection() == Connection.DEPTHWISE && second.connection() == Connection.DENSE
        && second.window().isPoint() && second.groups() == 1
        && second.header().input() == first.output() && first.output().n() == 1;
    boolean plain = first.weightZeroPoint().isEmpty() && second.weightZeroPoint().isEmpty();
    return shaped && plain && !first.epilogue().hasReals() && !second.epilogue().hasReals();
  }

  public Value ifm() {
    return depthwise.header().input();
  }

  /** The map between the two. */
  public Value middle() {
    return depthwise.output();
  }

  public Value ofm() {
    return pointwise.output();
  }

  /** Output channels of the depthwise convolution for one input channel. */
  public int multiplier() {
    return middle().c() / ifm().c();
  }
}
