package io.bitwright.ir.kernel;

import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.UnaryMeaning;
import io.bitwright.ir.kernel.Kernel.Piece;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.real.RealSemantics;
import io.bitwright.ir.type.TensorData;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Lowers concatenation, padding, slices, gathers, transpositions and channel shuffles to {@link Kernel.Move}. */
final class MoveLowering {
  private static final List<Integer> ORIGIN = List.of(0, 0, 0, 0);

  private final Lowering lowering;
  private final Node node;

  MoveLowering(Lowering lowering) {
    this.lowering = lowering;
    this.node = lowering.node();
  }

  Value concat(Op.Concat op) {
    int axis = op.axis() + 4 - node.type().shape().rank();
    List<Value> inputs = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    int step = op.interleaved() ? node.operands().size() : 1;
    int at = 0;
    for (int i = 0; i < node.operands().size(); i++) {
      Value part = sameQuantization(lowering.valueOf(i));
      List<Integer> to = new ArrayList<>(ORIGIN);
      to.set(axis, at);
      pieces.add(new Piece(inputs.size(), ORIGIN, to, part.shape().dims(), List.of(1, 1, 1, 1),
          List.of(1, 1, 1, step)));
      inputs.add(part);
      at += op.interleaved() ? 1 : part.shape().dim(axis);
    }
    return lowering.emit(
        new Kernel.Move(lowering.header(inputs, lowering.result()), pieces, OptionalInt.empty()));
  }

  /** The part itself, or its codes in the result's quantisation (unsigned concatenations of old files). */
  private Value sameQuantization(Value part) {
    TensorType in = part.type();
    TensorType out = node.type();
    if (in.quantization().equals(out.quantization())) {
      return part;
    }
    Scalar body = RealSemantics.rescale(
        new io.bitwright.ir.type.Quantization.PerTensor(in.scale(), in.zeroPoint()),
        new io.bitwright.ir.type.Quantization.PerTensor(out.scale(), out.zeroPoint()), out.storedOffset(), part.c());
    Value rescaled = lowering.intermediate(part.shape(), node.type());
    return lowering.emit(new Kernel.Table(
        lowering.header(List.of(part), rescaled), TensorData.ofBytes(UnaryMeaning.tabulate(body))));
  }

  Value pad(Op.Pad op) {
    Value input = lowering.valueOf(0);
    List<Integer> to = new ArrayList<>(ORIGIN);
    int missing = 4 - op.before().size();
    for (int i = 0; i < op.before().size(); i++) {
      to.set(missing + i, op.before().get(i));
    }
    Piece piece = new Piece(0, ORIGIN, to, input.shape().dims());
    return lowering.emit(new Kernel.Move(
        lowering.header(List.of(input), lowering.result()), List.of(piece), fill(op, input)));
  }

  private static OptionalInt fill(Op.Pad op, Value input) {
    if (op.value().isEmpty()) {
      return Lowering.zeroCode(input);
    }
    double value = op.value().getAsDouble();
    return OptionalInt.of(input.type().isFloat() ? Float.floatToRawIntBits((float) value)
        : (int) value - input.type().storedOffset());
  }

  Value slice(Op.Slice op) {
    Value input = lowering.valueOf(0);
    List<Integer> from = new ArrayList<>(ORIGIN);
    int missing = 4 - op.begin().size();
    for (int i = 0; i < op.begin().size(); i++) {
      from.set(missing + i, op.begin().get(i));
    }
    Value output = lowering.result();
    Piece piece = new Piece(0, from, ORIGIN, output.shape().dims());
    return lowering.emit(new Kernel.Move(lowering.header(List.of(input), output), List.of(piece), OptionalInt.empty()));
  }

  Value shuffle(Op.ChannelShuffle op) {
    Value input = lowering.valueOf(0);
    int run = input.c() / op.groups();
    List<Integer> extent = List.of(input.n(), input.h(), input.w(), run);
    List<Piece> pieces = new ArrayList<>();
    for (int g = 0; g < op.groups(); g++) {
      pieces.add(new Piece(0, List.of(0, 0, 0, g * run), List.of(0, 0, 0, g), extent, List.of(1, 1, 1, 1),
          List.of(1, 1, 1, op.groups())));
    }
    return lowering.emit(
        new Kernel.Move(lowering.header(List.of(input), lowering.result()), pieces, OptionalInt.empty()));
  }

  Value transpose(Op.Transpose op) {
    Value input = lowering.valueOf(0);
    int missing = 4 - op.order().size();
    List<Integer> order = new ArrayList<>();
    for (int d = 0; d < 4; d++) {
      order.add(d < missing ? d : missing + op.order().get(d - missing));
    }
    Value output = lowering.result();
    Piece piece = Piece.transposed(output.shape().dims(), order);
    return lowering.emit(new Kernel.Move(lowering.header(List.of(input), output), List.of(piece), OptionalInt.empty()));
  }

  Value gather(Op.Gather op) {
    int axis = op.axis() + 4 - node.type().shape().rank();
    return lowering.emit(gather(lowering, lowering.valueOf(0), lowering.result(), axis, op.indices()));
  }

  /** Index i of one dimension of the output is index {@code indices.get(i)} of the input's. */
  static Kernel.Move gather(Lowering lowering, Value input, Value output, int axis, List<Integer> indices) {
    List<Piece> pieces = new ArrayList<>();
    for (IndexRuns.Run run : IndexRuns.of(indices)) {
      List<Integer> from = new ArrayList<>(ORIGIN);
      List<Integer> to = new ArrayList<>(ORIGIN);
      List<Integer> extent = new ArrayList<>(output.shape().dims());
      List<Integer> fromStep = new ArrayList<>(List.of(1, 1, 1, 1));
      List<Integer> toStep = new ArrayList<>(List.of(1, 1, 1, 1));
      from.set(axis, run.index());
      to.set(axis, run.at());
      extent.set(axis, run.count());
      fromStep.set(axis, run.indexStep());
      toStep.set(axis, run.atStep());
      pieces.add(new Piece(0, from, to, extent, fromStep, toStep));
    }
    return new Kernel.Move(lowering.header(List.of(input), output), pieces, OptionalInt.empty());
  }
}
