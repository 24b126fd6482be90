package io.bitwright.ir.kernel;

import io.bitwright.ir.graph.ChannelScaling;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.kernel.Kernel.Operand;
import io.bitwright.ir.kernel.Kernel.Piece;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.function.NeighbourhoodSemantics;
import io.bitwright.ir.scalar.real.RealSemantics;
import io.bitwright.ir.type.Shape;
import io.bitwright.ir.type.TensorData;
import java.util.ArrayList;
import java.util.List;

/** Lowers normalisations to {@link Kernel.Map}. */
final class NormalizationLowering {
  private static final List<Integer> ORIGIN = List.of(0, 0, 0, 0);

  private final Lowering lowering;
  private final Node node;

  NormalizationLowering(Lowering lowering) {
    this.lowering = lowering;
    this.node = lowering.node();
  }

  /** A product and a sum with constants of each channel. */
  Value batch(Op.BatchNorm op) {
    Value input = lowering.valueOf(0);
    ChannelScaling scaling = ChannelScaling.of(node);
    Shape channels = Shape.of(input.c());
    List<Operand> operands = List.of(Operand.of(input),
        Operand.of(TensorData.ofFloats(scaling.realScale()), channels),
        Operand.of(TensorData.ofFloats(scaling.realShift()), channels));
    Scalar body = RealSemantics.scaleAndShift(input.c(), op.clamp().lo(), op.clamp().hi());
    return lowering.emit(new Kernel.Map(lowering.header(List.of(input), lowering.result()), operands, body));
  }

  /** The input with channels of zeros around, and a function of {@code size} neighbouring channels of that. */
  Value localResponse(Op.LocalResponseNorm op) {
    Value input = lowering.valueOf(0);
    int channels = input.c();
    Shape wide = Shape.of(input.n(), input.h(), input.w(), Math.addExact(channels, op.size() - 1));
    Value padded = lowering.intermediate(wide, input.type());
    Piece piece = new Piece(0, ORIGIN, List.of(0, 0, 0, (op.size() - 1) / 2), input.shape().dims());
    lowering.emit(
        new Kernel.Move(lowering.header(List.of(input), padded), List.of(piece), Lowering.zeroCode(input)));
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < op.size(); i++) {
      operands.add(Operand.of(padded, i));
    }
    Scalar body = input.type().isFloat()
        ? RealSemantics.localResponseNorm(channels, op.size(), op.alpha(), op.beta(), op.bias())
        : NeighbourhoodSemantics.localResponseNorm(input.type().stored(), node.type().stored(), channels, op.size(),
            op.alpha(), op.beta(), op.bias());
    return lowering.emit(new Kernel.Map(lowering.header(List.of(padded), lowering.result()), operands, body));
  }
}
