package io.bitwright.ir.kernel;

import io.bitwright.ir.graph.BinaryMeaning;
import io.bitwright.ir.graph.Node;
import io.bitwright.ir.graph.RealMeaning;
import io.bitwright.ir.graph.UnaryMeaning;
import io.bitwright.ir.kernel.Kernel.Operand;
import io.bitwright.ir.op.Op;
import io.bitwright.ir.scalar.Scalar;
import io.bitwright.ir.scalar.Semantics;
import io.bitwright.ir.scalar.function.LogSoftmaxSemantics;
import io.bitwright.ir.scalar.function.WideFunctions;
import io.bitwright.ir.scalar.real.RealSemantics;
import io.bitwright.ir.type.ElementType;
import io.bitwright.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Lowers element-wise operators to {@link Kernel.Map} and softmax to {@link Kernel.RowSoftmax}. */
final class MapLowering {
  private final Lowering lowering;
  private final Node node;
  private final TensorType type;

  MapLowering(Lowering lowering) {
    this.lowering = lowering;
    this.node = lowering.node();
    this.type = node.type();
  }

  /** An operator of two operands. */
  Value binary() {
    return map(type.isFloat() ? ofReals() : ofCodes());
  }

  private Scalar ofCodes() {
    return BinaryMeaning.of(node).orElseThrow(() -> new NotLoweredException("no kernel for these types"));
  }

  /** An operator of one operand; its meaning depends on both types. */
  Value unary() {
    return map(UnaryMeaning.ofCodes(node).orElseGet(this::ofReals));
  }

  private Scalar ofReals() {
    return RealMeaning.of(node).orElseThrow(() -> new NotLoweredException(
        "no kernel from " + in(0).element().text() + " to " + type.element().text()));
  }

  Value softmax(Op.Softmax op) {
    Value input = lowering.valueOf(0);
    boolean wide = type.element() == ElementType.I16;
    return rows(type.isFloat() ? RealSemantics.softmax(op.beta())
        : wide ? WideFunctions.softmax(in(0).scale(), op.beta(), input.c())
        : Semantics.softmax(in(0).scale(), op.beta(), input.c()));
  }

  Value logSoftmax() {
    return rows(type.isFloat() ? RealSemantics.logSoftmax()
        : LogSoftmaxSemantics.of(in(0).scale(), lowering.valueOf(0).c()));
  }

  private Value rows(Semantics.Softmax parts) {
    Value input = lowering.valueOf(0);
    return lowering.emit(new Kernel.RowSoftmax(lowering.header(List.of(input), lowering.result()),
        parts.exponential(), parts.term(), parts.reciprocal(), parts.scale()));
  }

  private TensorType in(int operand) {
    return node.operand(operand).type();
  }

  private Value map(Scalar body) {
    List<Operand> operands = new ArrayList<>();
    List<Value> inputs = new ArrayList<>();
    int used = Math.min(node.operands().size(), body.inputs().size() - 1);
    for (int i = 0; i < used; i++) {
      Node operand = node.operand(i);
      if (operand.isConstant()) {
        operands.add(Operand.of(operand.constant().stored(), operand.type().shape()));
      } else {
        operands.add(Operand.of(lowering.valueOf(i)));
        inputs.add(lowering.valueOf(i));
      }
    }
    if (inputs.isEmpty()) {
      throw new NotLoweredException("all operands are constants");
    }
    return lowering.emit(new Kernel.Map(lowering.header(inputs, lowering.result()), operands, body));
  }
}
